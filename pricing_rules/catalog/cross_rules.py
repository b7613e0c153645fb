"""Rules across fields as a catalog file writes them, expanded into the constraints that every target reads."""

from typing import Any

from pricing_rules.catalog.constraints import Claim, Given, NotGiven, OneOf, Rule
from pricing_rules.catalog.origins import Origins
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.strict import Refused, as_table, as_text, as_values, only_keys


def rule_of(record: dict[str, Any], origins: Origins) -> Rule:
    """Build a rule from its table: `id`, `when` with values by field, `then` with a claim, and where it comes from."""
    rest = dict(record)
    provenance = origins.provenance(rest)
    only_keys(rest, ("id", "when", "then"))
    only_keys(provenance.parts, ("empty",), "readings")
    origin = provenance.origin
    when = as_table(rest.get("when", {}), "when")
    conditions = tuple(OneOf(field, as_values(values, f"when.{field}"), origin) for field, values in when.items())
    claims = _claims(as_table(rest.get("then"), "then"), origin)
    return Rule(as_text(rest.get("id"), "id"), conditions, claims, origin, provenance.parts.get("empty"))


def _claims(then: dict[str, Any], origin: Origin) -> tuple[Claim, ...]:
    match then:
        case {"given": str(field), "one_of": values, **rest}:
            claims: tuple[Claim, ...] = (Given((field,)), OneOf(field, as_values(values, "then.one_of"), origin))
        case {"given": str(field), **rest}:
            claims = (Given((field,)),)
        case {"any_given": [_, _, *_] as names, **rest}:
            claims = (Given(tuple(as_text(name, "then.any_given") for name in names)),)
        case {"not_given": str(field), **rest}:
            claims = (NotGiven(field, origin),)
        case {"field": str(field), "one_of": values, **rest}:
            claims = (OneOf(field, as_values(values, "then.one_of"), origin),)
        case _:
            raise Refused("expected given, given with one_of, any_given, not_given, or field with one_of", "then")
    only_keys(rest, (), "then")
    return claims
