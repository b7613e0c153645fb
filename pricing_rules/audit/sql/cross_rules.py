"""Rules across columns in SQL: for each path of a request the first that a row breaks there."""

from collections.abc import Collection, Iterator
from typing import assert_never

from pricing_rules.answers import Value
from pricing_rules.audit.sql.terms import COUNTED, Bits, column_values
from pricing_rules.catalog.columns import FIELD_OF
from pricing_rules.catalog.constraints import Claim, Given, NotGiven, OneOf, Rule
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.rulebook import Rulebook
from pricing_rules.request.body import pointer


def across_columns(catalog: Catalog, books: dict[str, Rulebook], known: list[str], bits: Bits) -> Iterator[str]:
    """Yield for each path the bit of the first rule across columns that a row breaks there."""
    columns = {FIELD_OF.get(name, name): name for name in known}
    held: dict[str, dict[str, dict[str, Rule]]] = {}
    for model, book in books.items():
        for rule in book.rules:
            if columns.keys() >= set(rule.reads):
                shape = f"{rule.id} {[(when.field, when.limit) for when in rule.when]} {list(map(_shape, rule.then))}"
                held.setdefault(_path(catalog, rule), {}).setdefault(shape, {})[model] = rule
    for rules in held.values():
        cases = (_rule_case(catalog, books, columns, models, bits) for models in rules.values())
        yield f"CASE {' '.join(cases)} ELSE 0 END"


def _shape(claim: Claim) -> tuple[object, ...]:
    return (claim.fields,) if isinstance(claim, Given) else (type(claim), claim.field, getattr(claim, "limit", ()))


def _path(catalog: Catalog, rule: Rule) -> str:
    """Return where a fault of a rule is reported: a field, or the objects around several."""
    wires = [catalog.fields[name].segments for name in rule.about]
    return pointer(wires[0]) if len(wires) == 1 else " ".join(sorted({pointer(wire[:-1]) for wire in wires}))


def _rule_case(
    catalog: Catalog, books: dict[str, Rulebook], columns: dict[str, str], models: dict[str, Rule], bits: Bits
) -> str:
    rule = next(iter(models.values()))
    defaults = {
        name: bits.limit({model: column_values(catalog, name, (value,))[0] for model, value in values.items()})
        for name in rule.reads
        if (values := _defaults(books, models, name))
    }
    terms = [f"{bits.limit(dict.fromkeys(models, 1))} = 1"]
    for name in rule.reads:
        terms.append(f"fault_{columns[name]} = 0")
        terms += [f"COALESCE(p.u_{columns[name]}, 0) >= 0"] if columns[name] in COUNTED else []
    terms += [_is_one_of(catalog, columns, defaults, condition, bits) for condition in rule.when]
    kept = " AND ".join(_claim(catalog, columns, defaults, claim, bits) for claim in rule.then)
    return f"WHEN {' AND '.join(terms)} AND NOT ({kept}) THEN {bits.bit(rule.id)}"


def _defaults(books: dict[str, Rulebook], models: Collection[str], name: str) -> dict[str, Value]:
    found = {model: books[model].fields[name].default for model in models}
    return {model: value for model, value in found.items() if value is not None}


def _effective(columns: dict[str, str], defaults: dict[str, str], name: str) -> str:
    column = f"p.u_{columns[name]}"
    return f"COALESCE({column}, {defaults[name]})" if name in defaults else column


def _is_one_of(
    catalog: Catalog, columns: dict[str, str], defaults: dict[str, str], condition: OneOf, bits: Bits
) -> str:
    values = bits.listed(column_values(catalog, condition.field, condition.limit))
    value = _effective(columns, defaults, condition.field)
    return f"({value} IS NOT NULL AND {value} IN ({values}))"


def _claim(catalog: Catalog, columns: dict[str, str], defaults: dict[str, str], claim: Claim, bits: Bits) -> str:
    match claim:
        case Given(fields=names):
            return f"({' OR '.join(_is_given(columns[name]) for name in names)})"
        case NotGiven(field=name):
            return f"NOT {_is_given(columns[name])}"
        case OneOf(field=name):
            value = _effective(columns, defaults, name)
            return f"({value} IS NULL OR {_is_one_of(catalog, columns, defaults, claim, bits)})"
        case _:
            assert_never(claim)


def _is_given(column: str) -> str:
    value = f"p.u_{column}"
    return f"({value} IS NOT NULL AND {value} > 0)" if column in COUNTED else f"({value} IS NOT NULL)"
