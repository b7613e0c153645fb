"""The request rules of a catalog in SQL: one sum of bits for the columns of a usage record, the limits by model beside.

Every condition compares a column of the row `p` with a limit in the row `m` of its model. Where the model has no such
limit, or is not known, that is NULL, and no CASE takes a branch on NULL.
"""

from collections.abc import Collection
from typing import Any, assert_never

from attrs import frozen

from pricing_rules.audit.sql.cross_rules import across_columns
from pricing_rules.audit.sql.terms import COUNTED, Bits, column_values
from pricing_rules.audit.sql.text import Dialect
from pricing_rules.catalog.columns import FIELD_OF, MICROS, REQUESTED, is_numeric
from pricing_rules.catalog.constraints import (
    Constraint,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    OfType,
    OneOf,
    Required,
    Url,
    rule_id,
)
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Model
from pricing_rules.catalog.rulebook import Rulebook, rulebook
from pricing_rules.catalog.tariff import editions

KEYS = (*TIERED, "outputs")  # columns by which a price is found
PRICED = "t.low IS NOT NULL"


@frozen
class RuleText:
    """Rules in SQL.

    Attributes:
        limits: by column of the relation of models, the limit of each model that has one.
        faults: by name, an expression with the bit of the first rule that a column breaks, else 0.
        across: expressions with the bits of rules across columns, which may read the faults by name.
        names: id of the rule of each bit.
    """

    limits: dict[str, dict[str, Any]]
    faults: dict[str, str]
    across: tuple[str, ...]
    names: tuple[str, ...]


def rule_text(catalog: Catalog, columns: Collection[str], dialect: Dialect) -> RuleText:
    """Write the rules that the columns of a log can tell of."""
    bits = Bits(dialect)
    books = {model.id: rulebook(catalog, catalog.endpoints[model.endpoint], model) for model in catalog.models.values()}
    known = [name for name in REQUESTED if name in columns and FIELD_OF.get(name, name) in catalog.fields]
    faults = {f"fault_{name}": _field_faults(catalog, books, name, bits) for name in known}
    across = tuple(across_columns(catalog, books, known, bits))
    if "endpoint" in columns:
        own = bits.limit({model.id: model.endpoint for model in catalog.models.values()})
        elsewhere = f"p.u_endpoint <> {own}"
        faults = {name: f"CASE WHEN {elsewhere} THEN 0 ELSE {text} END" for name, text in faults.items()}
        across = tuple(f"CASE WHEN {elsewhere} THEN 0 ELSE {text} END" for text in across)
        faults["fault_endpoint"] = f"CASE WHEN {elsewhere} THEN {bits.bit('model.endpoint')} ELSE 0 END"
    return RuleText(bits.limits, faults, across, tuple(bits.names))


def _field_faults(catalog: Catalog, books: dict[str, Rulebook], name: str, bits: Bits) -> str:
    """Write the first rule on one column that a row breaks: each branch holds for the models that have the rule."""
    found: dict[type, dict[str, Constraint]] = {}
    strangers: dict[str, Model] = {}
    for model, book in books.items():
        rules = book.fields.get(FIELD_OF.get(name, name))
        if rules is None:
            strangers[model] = catalog.models[model]
        for constraint in rules.constraints if rules else ():
            found.setdefault(type(constraint), {})[model] = constraint
    column = f"p.u_{name}"
    branches: list[tuple[str, int]] = [(PRICED, 0)] if name in KEYS and _keeps_rules(catalog, books, name) else []
    branches += [_unknown(name, column, strangers, bits)] if strangers else []
    for kind in (Required, NotAllowed, OfType, OneOf, Minimum, Maximum, MinLength, MaxLength, MaxItems, Url):
        constraints = found.get(kind)
        condition = _condition(catalog, name, column, constraints, bits) if constraints else None
        if constraints and condition:
            branches.append((condition, bits.bit(rule_id(next(iter(constraints.values()))))))
    cases = " ".join(f"WHEN {condition} THEN {bit}" for condition, bit in branches)
    return f"CASE {cases} ELSE 0 END" if any(bit for _, bit in branches) else "0"


def _keeps_rules(catalog: Catalog, books: dict[str, Rulebook], name: str) -> bool:
    """Tell whether every value of a column under which there is a price keeps the rules of its field."""
    for model, book in books.items():
        rules = book.fields.get(name)
        tiers = {value for price in editions(catalog, model) for value in price.tiers(name)} if name in TIERED else ()
        for constraint in rules.constraints if rules else ():
            match constraint:
                case OneOf(limit=allowed):
                    kept = {*allowed}.issuperset(tiers)
                case NotAllowed():
                    kept = not tiers
                case Minimum() | Maximum():
                    kept = name not in TIERED  # the tariff's outputs are the numbers between them
                case _:
                    kept = isinstance(constraint, OfType)
            if not kept:
                return False
    return True


def _unknown(name: str, column: str, strangers: dict[str, Model], bits: Bits) -> tuple[str, int]:
    """Write that the endpoint of a model has no such field; one that only says the mode or one output is none."""
    match name:
        case "mode":
            condition = bits.any_of({model: stranger.modes for model, stranger in strangers.items()}, column)
        case "outputs":
            condition = f"{bits.limit(dict.fromkeys(strangers, 1))} = 1 AND {column} <> {MICROS}"
        case _:
            condition = f"{bits.limit(dict.fromkeys(strangers, 1))} = 1 AND {column} IS NOT NULL"
    return condition, bits.bit("field.unknown")


def _condition(catalog: Catalog, name: str, column: str, constraints: dict[str, Constraint], bits: Bits) -> str | None:
    """Write when a column breaks the rules of one kind; None where no value that can be read does."""
    scale = MICROS if is_numeric(catalog, name) else 1
    limits: dict[str, Any] = {model: getattr(constraint, "limit", 1) for model, constraint in constraints.items()}
    match next(iter(constraints.values())):
        case Required():
            return f"{bits.limit(limits)} = 1 AND {column} IS NULL"
        case NotAllowed():
            return f"{bits.limit(limits)} = 1 AND {column} IS NOT NULL"
        case OfType(limit="integer"):
            return f"{bits.limit(dict.fromkeys(limits, 1))} = 1 AND {column} % {MICROS} <> 0"
        case OfType(limit="boolean"):
            return f"{bits.limit(dict.fromkeys(limits, 1))} = 1 AND {column} NOT IN ('true', 'false')"
        case OfType() | Url():
            return None
        case OneOf():
            return bits.any_of(
                {model: column_values(catalog, name, allowed) for model, allowed in limits.items()}, column
            )
        case Minimum():
            return f"{column} < {bits.limit({model: limit * scale for model, limit in limits.items()})}"
        case Maximum():
            return f"{column} > {bits.limit({model: limit * scale for model, limit in limits.items()})}"
        case MinLength():
            return f"{_size(name, column)} < {bits.limit(limits)}{f' AND {column} >= 0' if name in COUNTED else ''}"
        case MaxLength() | MaxItems():
            return f"{_size(name, column)} > {bits.limit(limits)}"
        case constraint:
            assert_never(constraint)


def _size(name: str, column: str) -> str:
    return column if name in COUNTED else f"LENGTH({column})"
