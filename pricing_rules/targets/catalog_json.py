"""A service as one JSON document: all that a page needs to offer its models, to price them and to say why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from json import dumps, loads
from typing import Any, assert_never

from pricing_rules.answers import Value, with_unit, written
from pricing_rules.catalog.compiled import models_of, per_catalog
from pricing_rules.catalog.constraints import (
    Claim,
    Constraint,
    Given,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    NotGiven,
    OfType,
    OneOf,
    Required,
    Rule,
    Url,
    rule_sentence,
)
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.labels import words_of
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model, Price
from pricing_rules.catalog.rulebook import FieldRules, book_of
from pricing_rules.catalog.sale import shows_working
from pricing_rules.catalog.tariff import default_of
from pricing_rules.targets.citations import Citations
from pricing_rules.targets.javascript import prices, shows_formula

Table = dict[str, Any]
ELSEWHERE = ("models", "modes", "tiers")  # lists of values that a model or its price has


def catalog_json(catalog: Catalog) -> Table:
    """Return the content of a service's catalog.json.

    Every list and table keeps the order of the catalog file. Amounts stand in `prices` alone: whole numbers and text.

    Returns:
        `service`, `title`, `version`. `hosts`: each a `url`.
        `fields`, by canonical name: `title`, `type`, `wire` (the keys that lead to the value in a body),
        `one_of` where the values are the models, the modes of a model or the tiers of its edition (of which there are
        none where it does not take the field), its `default` in rules, and `examples` that a form may suggest.
        `modes`: the title of each. `tiers`, by duration, resolution and audio: every `value`, its `label`, and `same`,
        a text that two tiers share, also of different services, where they are the same.
        `endpoints`: `method`, `path`, `title`; `fields` in the order in which faults are told, each with what all or
        most models demand of it: `required`, `one_of`, `minimum`, `maximum`, `min_length`, `max_length`, `max_items`;
        `modes` where the mode follows from the references; `rules` across fields: `id`, `about` in words, `when`, the
        values by field, and `then`, a list of `{"given": fields}` (at least one), `{"not_given": field}` and
        `{"field", "one_of"}`. In rules an absent field counts as its default, and an empty one as not given.
        `models`: `title`, `endpoint`, `modes`; `fields` that demand another thing of it, in place of the endpoint's;
        `rules` that its modes add before those of the endpoint.
        `editions`, beside those of `prices`: `default`, what an absent tiered field counts as in rules.
        `prices`: the content of prices.json.
        `working`: whether more may be told; an overlay that shows the price alone or resells tells nothing else.
        Then also `fingerprint`; `layers`, the overlays; `sources`, each a `basis` and the `source` in words, which all
        else names by its place. Of hosts and rules the `source`; of fields `makes_inferred`, why a request with one is.
        Of endpoints `notes`: what is said `about` a request whose `field` has more items than `above`, or is a greater
        number. Of editions `lines`: the sources of base, duration, resolution, outputs, audio, custom, each rate and
        the minimum; `reasons`, why its amounts are inferred; `beyond`, why they are for more than one of the `outputs`
        and with a `custom` multiplier other than 1; `settled`, by parameter, what says which tier a request gets that
        names none; `open`, the points, named like `units` in prices.json, that
        `open_reason` makes inferred where nothing else does. `flat`: the note on more than one of the outputs where
        multiplying by them is inferred, with `{credits}` for the charge of one.

    Raises:
        Inexpressible: as for prices.json.
    """
    cited = Citations() if shows_working(catalog) and shows_formula(catalog) else None
    parts = {
        "hosts": [{"url": host.url, **_source(cited, host.provenance.origin)} for host in catalog.hosts],
        "fields": {field.id: _field(field, cited) for field in catalog.fields.values()},
        "modes": {mode: words_of(mode) for model in catalog.models.values() for mode in model.modes},
        "tiers": dict(_tiers(catalog)),
        "endpoints": {endpoint.id: _endpoint(catalog, endpoint, cited) for endpoint in catalog.endpoints.values()},
        "models": {model.id: _model(catalog, model, cited) for model in catalog.models.values()},
        "editions": [_edition(catalog, price, cited) for price in catalog.prices],
    }
    head = {"service": catalog.id, "title": catalog.title, "version": catalog.version, "working": cited is not None}
    return {**head, **(cited.head(catalog) if cited else {}), **parts, "prices": prices(catalog)}


def _source(cited: Citations | None, origin: Origin | None, name: str = "source") -> Table:
    return {name: cited.place(origin)} if cited and origin else {}


def _field(field: Field, cited: Citations | None) -> Table:
    return {
        "title": field.title,
        "type": field.type,
        "wire": list(field.segments),
        **({"one_of": field.one_of} if field.one_of in ELSEWHERE else {}),
        **({} if field.default is None else {"default": field.default}),
        **({"examples": list(field.examples)} if field.examples else {}),
        **_source(cited, field.makes_inferred, "makes_inferred"),
    }


def _tiers(catalog: Catalog) -> Iterator[tuple[str, list[Table]]]:
    for name in TIERED:
        values = dict.fromkeys(tier for price in catalog.prices for tier in price.tiers(name))
        if values:
            yield name, [_tier(name, value) for value in values]


def _tier(name: str, value: Value) -> Table:
    return {"value": value, "same": written(value).lower(), "label": _label(name, value)}


def _label(name: str, value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else with_unit(name, value)


def _endpoint(catalog: Catalog, endpoint: Endpoint, cited: Citations | None) -> Table:
    notes = [{"field": note.field, "above": note.above, "about": note.about} for note in endpoint.notes]
    return {
        "method": endpoint.method,
        "path": endpoint.path,
        "title": endpoint.title,
        "fields": _shared(catalog, endpoint),
        **({"modes": dict(endpoint.modes)} if endpoint.modes else {}),
        "rules": [_rule(catalog, rule, cited) for rule in endpoint.rules],
        **({"notes": notes} if notes and cited else {}),
    }


def _model(catalog: Catalog, model: Model, cited: Citations | None) -> Table:
    endpoint, book = catalog.endpoints[model.endpoint], book_of(catalog, model)
    shared = _shared(catalog, endpoint)
    own = {name: rules for name, rules in _demands(catalog, model).items() if rules != shared[name]}
    added = [_rule(catalog, rule, cited) for rule in book.rules if rule not in endpoint.rules]
    return {
        "title": model.title,
        "endpoint": model.endpoint,
        "modes": list(model.modes),
        **({"fields": own} if own else {}),
        **({"rules": added} if added else {}),
    }


@per_catalog
def _shared(catalog: Catalog, endpoint: Endpoint) -> Mapping[str, Table]:
    """Return for each field what most models of an endpoint demand of it."""
    every = [_demands(catalog, model) for model in models_of(catalog, endpoint)]
    return {name: _commonest(demands[name] for demands in every) for name in endpoint.fields}


def _commonest(tables: Iterable[Table]) -> Table:
    """Return what most tables are; an empty one where there is none."""
    found: Table = loads(next((text for text, _ in Counter(map(dumps, tables)).most_common(1)), "{}"))
    return found


def _demands(catalog: Catalog, model: Model) -> dict[str, Table]:
    return {name: dict(_demanded(rules)) for name, rules in book_of(catalog, model).fields.items()}


def _demanded(rules: FieldRules) -> Iterator[tuple[str, Any]]:
    for constraint in rules.constraints:
        limit = _limit(constraint)
        if limit is not None and not (isinstance(constraint, OneOf) and rules.field.one_of in ELSEWHERE):
            yield constraint.kind, limit


def _limit(constraint: Constraint) -> Any:  # noqa: ANN401 -- of the kind's own type
    match constraint:
        case Required():
            return True
        case OneOf(limit=values):
            return list(values)
        case Minimum(limit=limit) | Maximum(limit=limit) | MinLength(limit=limit) | MaxLength(limit=limit):
            return limit
        case MaxItems(limit=limit):
            return limit
        case OfType() | Url() | NotAllowed():  # told by the field's type and by the tiers of an edition
            return None
        case _:
            assert_never(constraint)


def _rule(catalog: Catalog, rule: Rule, cited: Citations | None) -> Table:
    titles = {name: catalog.fields[name].title for name in rule.reads}
    return {
        "id": rule.id,
        "about": rule_sentence(rule, titles),
        "when": {condition.field: list(condition.limit) for condition in rule.when},
        "then": list(map(_claim, rule.then)),
        **_source(cited, rule.origin),
    }


def _claim(claim: Claim) -> Table:
    match claim:
        case Given(fields=names):
            return {"given": list(names)}
        case NotGiven(field=name):
            return {"not_given": name}
        case OneOf(field=name, limit=values):
            return {"field": name, "one_of": list(values)}
        case _:
            assert_never(claim)


def _edition(catalog: Catalog, price: Price, cited: Citations | None) -> Table:
    stated = {name: default_of(price, name, catalog.fields[name]) for name in TIERED if name in catalog.fields}
    default = {name: value for name, value in stated.items() if value is not None}
    return {**({"default": default} if default else {}), **(cited.edition(catalog, price) if cited else {})}
