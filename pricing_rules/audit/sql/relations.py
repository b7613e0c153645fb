"""The small tables of a catalog that an audit joins with a log: its models and its prices."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from pricing_rules.audit.sql.rules import RuleText
from pricing_rules.audit.sql.tariff import EPOCH, instants, tariff_rows
from pricing_rules.catalog.columns import COLUMNS, MAX_COUNT, MICROS, is_numeric
from pricing_rules.catalog.constraints import Maximum, Minimum
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.rulebook import rulebook
from pricing_rules.catalog.tariff import editions


@frozen
class Relation:
    """A small table of a catalog: its columns with their types in SQL, and its rows of whole numbers and text."""

    columns: Mapping[str, str]
    rows: tuple[tuple[Any, ...], ...]


def models(catalog: Catalog, rules: RuleText) -> Relation:
    """Return the models of a catalog: their numbers, what their prices and outputs start from, the limits of rules."""
    types = {name: "BIGINT" if _whole(values) else "STRING" for name, values in rules.limits.items()}
    columns = {
        "model": "STRING",
        **dict.fromkeys(("number", "first_edition", "least_outputs", "most_outputs"), "BIGINT"),
    }
    rows = (
        (model, number, _first_edition(catalog, model), *_output_range(catalog, model),
         *(rules.limits[name].get(model) for name in types))
        for number, model in enumerate(catalog.models, 1)
    )  # fmt: skip
    return Relation({**columns, **types}, tuple(rows))


def _whole(values: Mapping[str, Any]) -> bool:
    return all(isinstance(value, int) for value in values.values())


def _first_edition(catalog: Catalog, model_id: str) -> int:
    held = editions(catalog, model_id)
    if not held or held[0].since is None:
        return 0
    start = (held[0].since - EPOCH) // EPOCH.resolution
    return instants(catalog).index(start) + 1


def _output_range(catalog: Catalog, model_id: str) -> tuple[int, int]:
    model = catalog.models[model_id]
    rules = rulebook(catalog, catalog.endpoints[model.endpoint], model).fields.get("outputs")
    if rules is None:
        return MICROS, MICROS
    limits = {type(each): each.limit for each in rules.constraints if isinstance(each, Minimum | Maximum)}
    return limits.get(Minimum, 1) * MICROS, limits.get(Maximum, MAX_COUNT) * MICROS


def tariff(catalog: Catalog, keys: tuple[str, ...], customs: Mapping[str, Fraction]) -> Relation:
    """Return the prices of a catalog by what a record tells."""
    numeric = {name for name in COLUMNS if is_numeric(catalog, name)} | {"model", "edition"}
    types = {key: "BIGINT" if key in numeric else "STRING" for key in keys}
    sums = {"low": "BIGINT", "high": "BIGINT", "traits": "BIGINT", "flat": "BIGINT", "choices": "STRING"}
    return Relation({**types, **sums}, tuple(tariff_rows(catalog, keys, customs)))
