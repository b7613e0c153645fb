"""Tables of an overlay by model and instant: a model's own before the general ones, of these the latest."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.tariff import EARLIEST, editions
from pricing_rules.tariffs.overlay import Table

LATEST = datetime.max.replace(tzinfo=UTC)
Kind = TypeVar("Kind", bound=Table)


def begin(dated: Table | Price) -> datetime:
    """Return the first instant at which a table or a price holds."""
    return dated.since or EARLIEST


def by_model(tables: Iterable[Kind]) -> Mapping[str | None, Sequence[Kind]]:
    """Sort tables of one kind by the models that they name, None for those that name none, oldest first."""
    found: dict[str | None, list[Kind]] = {}
    for table in sorted(tables, key=begin):
        for model in (None,) if table.models is None else table.models:
            found.setdefault(model, []).append(table)
    return found


def of_model(tables: Mapping[str | None, Sequence[Kind]], model: str) -> Sequence[Kind]:
    """Return the tables that hold for a model, one after the other: the general ones only where none names it."""
    return tables.get(model) or tables.get(None, ())


def holding(tables: Sequence[Kind], at: datetime) -> Kind | None:
    """Return the table in force at an instant, None before the first."""
    place = bisect_right(tables, at, key=begin)
    return tables[place - 1] if place else None


def periods(catalog: Catalog, model: str) -> Iterator[tuple[datetime, datetime, Price]]:
    """Yield the prices of a model, each with its first instant and the first one after it."""
    every = editions(catalog, model)
    ends = (*(begin(price) for price in every[1:]), LATEST)
    yield from ((begin(price), end, price) for price, end in zip(every, ends, strict=True))
