"""What a catalog means, in one form for all ways to write it: the facts that `diff` compares and a fingerprint digests.

Facts are rules as a request meets them, products of price points, units, wire names, answers, the keys of a log, the
version and what is documented. Titles, sentences, documents and the order of lists are none.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from math import prod
from typing import Any, Literal, NamedTuple, assert_never

from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.constraints import Claim, Given, NotGiven, OneOf, Rule
from pricing_rules.catalog.formula import FACTORS, TIERED
from pricing_rules.catalog.protocol_facts import protocol_facts
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, dated_rulebook, tier_rules
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import EARLIEST, editions, origin_of, readings_of

VERSION = "pr1"
DIGITS = 16


class Key(NamedTuple):
    """What facts are about.

    Attributes:
        about: the part of a catalog that states them.
        place: JSON Pointer on the wire of a field; id of a rule; JSON Pointer in the catalog's tables otherwise.
    """

    about: Literal["service", "model", "field", "rule", "price"]
    place: str = ""


Fact = tuple[str, Any]  # its name, such as max_items, and its value
Facts = Mapping[Key, tuple[Fact, ...]]


class ModelFacts(NamedTuple):
    """What holds of a model: always, and from each instant at which its tiers, defaults or products change."""

    always: Facts
    editions: tuple[tuple[datetime, Facts], ...]

    def at(self, instant: datetime) -> Facts:
        """Return the facts at an instant."""
        return {**self.always, **next(facts for since, facts in reversed(self.editions) if since <= instant)}


class Canonical(NamedTuple):
    """All facts of a catalog: those of the service, and those of each model."""

    service: Facts
    models: Mapping[str, ModelFacts]


def canonical(catalog: Catalog) -> Canonical:
    """Return what a catalog means."""
    service: dict[Key, tuple[Fact, ...]] = {}
    for place, name, value in protocol_facts(catalog):
        key = Key("service", place)
        service[key] = (*service.get(key, ()), (name, value))
    told: dict[tuple[str, Price], Facts] = {}
    return Canonical(service, {model.id: _model_facts(catalog, model, told) for model in catalog.models.values()})


@per_catalog
def fingerprint(catalog: Catalog) -> str:
    """Return `pr1:` and 16 digits of the SHA-256 of what a catalog means."""
    from hashlib import sha256

    content = canonical(catalog)
    digest = sha256(_text(content.service))
    for name, facts in sorted(content.models.items()):
        digest.update(ascii(name).encode())
        digest.update(_text(facts.always))
        for since, edition in facts.editions:
            digest.update(ascii(since).encode())
            digest.update(_text(edition))
    return f"{VERSION}:{digest.hexdigest()[:DIGITS]}"


Catalog.digest = fingerprint


def same(one: object, other: object) -> bool:
    """Tell whether two values of facts are the same to a digest: 1 is not true."""
    return ascii(one) == ascii(other)


def _text(facts: Facts) -> bytes:
    return ascii(sorted(facts.items())).encode()


def _model_facts(catalog: Catalog, model: Model, told: dict[tuple[str, Price], Facts]) -> ModelFacts:
    prices = editions(catalog, model.id)
    book = dated_rulebook(catalog, catalog.endpoints[model.endpoint], model, prices[0].since or EARLIEST)
    always = {Key("model"): tuple(_own_facts(catalog, model, book))}
    for name, rules in book.fields.items():
        if name not in TIERED:
            always[Key("field", rules.field.wire)] = tuple(_field_facts(rules))
    for rule in book.rules:
        key = Key("rule", rule.id)
        always[key] = (*always.get(key, ()), *_rule_facts(rule, book))
    return ModelFacts(always, tuple(_joined(_editions(catalog, model, prices, told))))


def _own_facts(catalog: Catalog, model: Model, book: Rulebook) -> Iterator[Fact]:
    yield "endpoint", model.endpoint
    if "mode" not in book.fields:
        yield "modes", tuple(sorted(model.modes))
    yield "unknown.basis", catalog.endpoints[model.endpoint].provenance.of("unknown").basis


def _editions(
    catalog: Catalog, model: Model, prices: tuple[Price, ...], told: dict[tuple[str, Price], Facts]
) -> Iterator[tuple[datetime, Facts]]:
    """Yield what holds from each instant on; before the first price the rules of its edition."""
    for price in prices:
        key = (model.endpoint, price)
        if key not in told:
            fields = {
                Key("field", rules.field.wire): tuple(_field_facts(rules))
                for rules in tier_rules(catalog, model, price)
            }
            told[key] = {**fields, Key("price"): tuple(_price_facts(catalog, price))}
        since = price.since or EARLIEST
        if price is prices[0] and since > EARLIEST:
            yield EARLIEST, {fact: value for fact, value in told[key].items() if fact.about != "price"}
        yield since, told[key]


def _joined(steps: Iterable[tuple[datetime, Facts]]) -> Iterator[tuple[datetime, Facts]]:
    """Yield the steps at which something changes."""
    before = b""
    for since, facts in steps:
        text = _text(facts)
        if text != before:
            yield since, facts
        before = text


def _field_facts(rules: FieldRules) -> Iterator[Fact]:
    yield "name", rules.field.id
    for constraint in rules.constraints:
        if rules.field.one_of == "models" and isinstance(constraint, OneOf):
            continue  # which models there are, their own facts tell
        limit = getattr(constraint, "limit", True)
        yield constraint.kind, _set(limit) if isinstance(limit, tuple) else limit
        yield f"{constraint.kind}.basis", constraint.origin.basis
    if rules.default is not None:
        yield "default", rules.default
    if rules.field.makes_inferred:
        yield "makes_inferred", rules.field.makes_inferred.basis


def _rule_facts(rule: Rule, book: Rulebook) -> Iterator[Fact]:
    wires = {name: book.fields[name].field.wire for name in rule.reads}
    when = sorted((wires[condition.field], _set(condition.limit)) for condition in rule.when)
    yield "rule", (tuple(when), tuple(sorted((_claim(claim, wires) for claim in rule.then), key=ascii)))
    yield "basis", (rule.origin.basis, rule.empty.basis if rule.empty else None)


def _claim(claim: Claim, wires: Mapping[str, str]) -> tuple[Any, ...]:
    match claim:
        case Given(fields=names):
            return ("given", tuple(sorted(wires[name] for name in names)))
        case NotGiven(field=name):
            return ("not_given", wires[name])
        case OneOf(field=name, limit=values):
            return ("one_of", wires[name], _set(values))
        case _:
            assert_never(claim)


def _price_facts(catalog: Catalog, price: Price) -> Iterator[Fact]:
    yield "products", _products(price)
    yield "basis", "inferred" if any(True for _ in readings_of(price)) else "documented"
    yield "factors", tuple(origin_of(catalog, price, factor).basis for factor in FACTORS)
    if isinstance(price, Sale):
        yield "sale", _sale(price)


def _sale(sale: Sale) -> tuple[Any, ...]:
    """Return what the sellers of a price make of it, but for what it costs them."""
    debit = sale.debit
    below = _sale(debit.price) if debit and isinstance(debit.price, Sale) else None
    return (
        (sale.is_sold, sale.resells, sale.once),
        str(prod((rate.multiplier for rate in sale.rates), start=Fraction(1))),
        sale.minimum and (str(sale.minimum.credits), sale.minimum.origin.basis),
        tuple(sorted((name, one.value, one.origin.basis) for name, one in sale.settled.items())),
        all(layer.shows == "working" for layer in sale.layers),
        debit and (debit.catalog.id, str(debit.catalog.credit.unit), _products(debit.price), below),
    )


def _products(price: Price) -> tuple[Any, ...]:
    """Return the products of all points in the one form that equal products share: the first, and ratios to it."""
    base, tiers = price.base, []
    for name in TIERED:
        multipliers = sorted(price.tiers(name).items(), key=lambda tier: ascii(tier[0]))
        first = next((multiplier for _, multiplier in multipliers if multiplier), Fraction(0))
        base *= first if multipliers else 1
        tiers.append((name, [(value, Fraction(many, first or 1)) for value, many in multipliers]))
    ratios = ((name, tuple((value, str(ratio) if base else "") for value, ratio in each)) for name, each in tiers)
    return str(base), *ratios


def _set(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=ascii))
