"""Which services a log can be of, by its column `service`, else by its models."""

from collections.abc import Iterator
from typing import Any

from pricing_rules.audit.dispatch import parts_of
from pricing_rules.audit.engines.duckdb import DuckDB, connected
from pricing_rules.audit.log.expressions import text
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.log.places import Objects, found_columns
from pricing_rules.audit.mapping.records import LogMapping
from pricing_rules.catalog.records import Catalog

MEMORY = 10**9
MOST = 100_000  # different words that are looked at


def services_of(
    catalogs: tuple[Catalog, ...],
    source: Any,  # noqa: ANN401 -- whatever an audit takes for files
    mapping: LogMapping,
    body: str | None = None,
    table: str | None = None,
) -> tuple[Catalog, ...]:
    """Return the catalogs that a log can be of: those that it names, else those that know all models that any knows."""
    engine = connected(MEMORY)
    parts = parts_of(engine, source, mapping.writing, table)
    named = {catalog: set(_words(engine, catalog, parts, "service", mapping, body)) for catalog in catalogs}
    own = tuple(catalog for catalog in catalogs if catalog.id in named[catalog])
    if own:
        return own
    known = {
        catalog: catalog.models.keys() & set(_words(engine, catalog, parts, "model", mapping, body))
        for catalog in catalogs
    }
    every = set().union(*known.values())
    return tuple(catalog for catalog in catalogs if known[catalog] == every) or catalogs


def _words(
    engine: DuckDB, catalog: Catalog, parts: tuple[Part, ...], name: str, mapping: LogMapping, body: str | None
) -> Iterator[str]:
    """Yield the different words of a column, as a catalog's service would tell them."""
    for part in parts:
        objects = Objects(engine.dialect)
        columns = found_columns(catalog, part, objects, mapping=mapping, body=body, needed=())
        for value, _ in columns[name].places if name in columns else ():
            words = f"SELECT DISTINCT {text(value)} FROM ({objects.relation(part.relation)}) r LIMIT {MOST}"
            yield from (word for (word,) in engine.rows(words) if word is not None)
