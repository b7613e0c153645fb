"""Whether rules across fields name values that their fields can have, and decide something."""

from collections.abc import Iterator

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.consistency.fault import Fault, fits, twice, unknown
from pricing_rules.catalog.constraints import Given, OneOf, Rule
from pricing_rules.catalog.records import Catalog, Endpoint, Field
from pricing_rules.catalog.tariff import editions
from pricing_rules.spelling import listed, shown


def rule_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the rules of every endpoint."""
    for endpoint in catalog.endpoints.values():
        key = f"endpoints.{endpoint.id}.rules"
        fields = dict.fromkeys(endpoint.fields)
        domains: dict[str, set[Value] | None] = {}
        yield from twice((rule.id for rule in endpoint.rules), key)
        for index, rule in enumerate(endpoint.rules):
            yield from unknown(rule.reads, fields, "field of this endpoint", f"{key}[{index}]")
            for name in rule.reads:
                if name not in domains:
                    domains[name] = _domain(catalog, endpoint, catalog.fields[name])
            yield from _rule_faults(catalog, endpoint, rule, domains, f"{key}[{index}]")


def _rule_faults(
    catalog: Catalog, endpoint: Endpoint, rule: Rule, domains: dict[str, set[Value] | None], key: str
) -> Iterator[Fault]:
    for condition in rule.when:
        field, place = catalog.fields[condition.field], f"{key}.when.{condition.field}"
        yield from _impossible(condition, field, domains[condition.field], place)
    for claim in rule.then:
        if isinstance(claim, OneOf):
            every = domains[claim.field]
            yield from _impossible(claim, catalog.fields[claim.field], every, f"{key}.then.one_of")
            if every is not None and every <= set(claim.limit):
                yield (f"{key}.then.one_of", f"allows every value of {claim.field}")
        elif isinstance(claim, Given) and not rule.when and set(claim.fields) & set(endpoint.required):
            yield (f"{key}.then", f"{listed(claim.fields, 'and')}: one is required in any case")


def _impossible(claim: OneOf, field: Field, every: set[Value] | None, key: str) -> Iterator[Fault]:
    """Yield the values that the field of a condition or a claim cannot have."""
    yield from twice(claim.limit, key)
    for value in claim.limit:
        if not fits(value, field) or (every is not None and value not in every):
            yield (key, f"{claim.field} cannot be {shown(value)}")


def _domain(catalog: Catalog, endpoint: Endpoint, field: Field) -> set[Value] | None:
    """Return every value that a field can have for some model of an endpoint; None where the values are open."""
    models = models_of(catalog, endpoint)
    match field.one_of:
        case None:
            return {True, False} if field.type == "boolean" else None
        case tuple(values):
            return set(values)
        case "models":
            return {model.id for model in models}
        case "modes":
            return {mode for model in models for mode in model.modes}
        case "tiers":
            prices = (price for model in models for price in editions(catalog, model.id))
            return {value for price in prices for value in price.tiers(field.id)}
        case limit:
            lists = [model.limits.get(limit, endpoint.limits.get(limit)) for model in models]
            stated = [values for values in lists if isinstance(values, tuple)]
            return {value for values in stated for value in values} if len(stated) == len(lists) else None
