"""Whether rules across fields name values that their fields can have, and decide something."""

from collections.abc import Iterator, Mapping
from itertools import chain

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.consistency.checks import fits, twice, unknown
from pricing_rules.catalog.consistency.endpoints import known_fields
from pricing_rules.catalog.consistency.models import misleads
from pricing_rules.catalog.constraints import Given, OneOf, Rule
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.catalog.records import Catalog, Endpoint, Field
from pricing_rules.catalog.tariff import editions
from pricing_rules.spelling import listed, shown

Domains = Mapping[str, set[Value] | None]  # every value that a field can have, None where the values are open


def rule_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the rules of every endpoint."""
    for endpoint in catalog.endpoints.values():
        path = ("endpoints", endpoint.id, "rules")
        known = known_fields(catalog, endpoint)
        domains: dict[str, set[Value] | None] = {}
        yield from twice((rule.id for rule in endpoint.rules), *path)
        for index, rule in enumerate(endpoint.rules):
            yield from unknown(rule.reads, known, "field of this endpoint", *path, index)
            for name in rule.reads:
                if name not in domains and name in catalog.fields:
                    domains[name] = _domain(catalog, endpoint, catalog.fields[name])
            yield from _rule_faults(catalog, endpoint, rule, domains, (*path, index))


def _rule_faults(catalog: Catalog, endpoint: Endpoint, rule: Rule, domains: Domains, path: Path) -> Iterator[Fault]:
    for condition in rule.when:
        if condition.field in domains:
            yield from _impossible(catalog, condition, domains, *path, "when", condition.field)
    for claim in rule.then:
        if isinstance(claim, OneOf) and claim.field in domains:
            every = domains[claim.field]
            yield from _impossible(catalog, claim, domains, *path, "then", "one_of")
            if every is not None and every <= set(claim.limit):
                yield (*path, "then", "one_of"), f"allows every value of {claim.field}"
        elif not rule.when and isinstance(claim, Given) and set(claim.fields) & set(endpoint.required):
            yield (*path, "then"), f"{listed(claim.fields, 'and')}: one is required in any case"


def _impossible(catalog: Catalog, claim: OneOf, domains: Domains, *path: str | int) -> Iterator[Fault]:
    """Yield the values that the field of a condition or a claim cannot have."""
    field, every = catalog.fields[claim.field], domains[claim.field]
    yield from twice(claim.limit, *path)
    for value in claim.limit:
        if not fits(value, field) or (every is not None and value not in every):
            yield path, f"{claim.field} cannot be {shown(value)}"


def _domain(catalog: Catalog, endpoint: Endpoint, field: Field) -> set[Value] | None:
    """Return every value that a field can have for some model of an endpoint; None where the values are open.

    Where a name misleads about the models of the endpoint or their prices, those of the whole catalog are meant.
    """
    models = models_of(catalog, None if misleads(catalog) else endpoint)
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
            every = (editions(catalog, model.id) for model in models)
            prices = catalog.prices if misleads(catalog) else chain.from_iterable(every)
            return {value for price in prices for value in price.tiers(field.id)}
        case limit:
            lists = [model.limits.get(limit, endpoint.limits.get(limit)) for model in models]
            stated = [values for values in lists if isinstance(values, tuple)]
            return {value for values in stated for value in values} if len(stated) == len(lists) else None
