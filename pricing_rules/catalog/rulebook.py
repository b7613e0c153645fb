"""All rules of one model: the only place that turns a catalog into constraints. Every target reads these."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import Factory, field, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of, per_catalog
from pricing_rules.catalog.constraints import (
    Bound,
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
)
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Endpoint, Field, LimitValue, Model, Price, Tiers
from pricing_rules.catalog.tariff import EARLIEST, assumed, default_of, edition, moment_of


@frozen(eq=False, repr=False)
class FieldRules:
    """What one field of a request must hold.

    Attributes:
        default: what an absent one counts as in the rules, None where there is none.
        assumed: what an absent one is priced at, None where a price needs it to be there.
    """

    field: Field
    default: Value | None
    assumed: Value | None
    constraints: tuple[Constraint, ...]

    def limit(self, kind: type[Bound]) -> Any:  # noqa: ANN401 -- of the kind's own type
        """Return the limit of a kind of constraint, None where the field has none."""
        return next((bound.limit for bound in self.constraints if isinstance(bound, kind)), None)

    @property
    def is_required(self) -> bool:
        """Whether every request has the field."""
        return any(isinstance(constraint, Required) for constraint in self.constraints)

    @property
    def is_taken(self) -> bool:
        """Whether a request to the model may have the field."""
        return not any(isinstance(constraint, NotAllowed) for constraint in self.constraints)


@frozen(eq=False, repr=False)
class Rulebook:
    """What a request must hold.

    Attributes:
        endpoint: None where neither the caller nor the model names one; then only the model is judged.
        model: None where it is missing or unknown; then what the endpoint allows to any model holds.
        fields: by canonical name, in the order of the endpoint.
        rules: rules across fields.
        keys: the keys that each object knows, by its path: the body, then the objects that hold fields.
    """

    endpoint: Endpoint | None
    model: Model | None
    fields: Mapping[str, FieldRules]
    rules: tuple[Rule, ...]
    keys: Mapping[tuple[str, ...], tuple[str, ...]] = field(
        init=False, default=Factory(lambda self: _keys(self.fields.values()), takes_self=True)
    )


def book_of(catalog: Catalog, model: Model, at: datetime | None = None) -> Rulebook:
    """Return all rules of a model at its own endpoint and at an instant, else at the catalog's version."""
    return rulebook(catalog, catalog.endpoints[model.endpoint], model, at)


def output_numbers(catalog: Catalog, model: Model, at: datetime | None = None) -> Sequence[int | None]:
    """Return every number of outputs that a model may be asked for, None alone where its requests name none."""
    rules = book_of(catalog, model, at).fields.get("outputs")
    if rules is None:
        return (None,)
    listed: tuple[int, ...] | None = rules.limit(OneOf)
    return listed or range(rules.limit(Minimum), rules.limit(Maximum) + 1)


def rulebook(catalog: Catalog, endpoint: Endpoint | None, model: Model | None, at: datetime | None = None) -> Rulebook:
    """Return all rules of a model at an endpoint, each None where it is not known; one book for each edition."""
    since = (edition(catalog, model.id, at).since or EARLIEST) if model else moment_of(catalog, at)
    return dated_rulebook(catalog, endpoint, model, since)


@per_catalog
def dated_rulebook(catalog: Catalog, endpoint: Endpoint | None, model: Model | None, since: datetime) -> Rulebook:
    """Return the rules from the first instant of an edition."""
    names = endpoint.fields if endpoint else _path_to_model(catalog)
    scope = _Scope(catalog, endpoint, model, since)
    fields = {name: scope.rules_of(catalog.fields[name]) for name in names}
    return Rulebook(endpoint, model, fields, (*_mode_rules(endpoint, model), *endpoint.rules) if endpoint else ())


def tier_rules(catalog: Catalog, model: Model, price: Price) -> tuple[FieldRules, ...]:
    """Return the rules of those fields that follow the edition, from the first instant of one."""
    endpoint = catalog.endpoints[model.endpoint]
    scope = _Scope(catalog, endpoint, model, price.since or EARLIEST)
    return tuple(scope.rules_of(catalog.fields[name]) for name in endpoint.fields if name in TIERED)


def _path_to_model(catalog: Catalog) -> tuple[str, ...]:
    segments = catalog.fields["model"].segments
    return tuple(field.id for field in catalog.fields.values() if field.segments == segments[: len(field.segments)])


def _mode_rules(endpoint: Endpoint, model: Model | None) -> Iterator[Rule]:
    """Yield the rules that hold a model to its modes where the mode follows from the references."""
    if model is None or not endpoint.modes:
        return
    origin = model.provenance.of("modes")
    if endpoint.modes["without_references"] not in model.modes:
        yield Rule("references.required", (), (Given(("references",)),), origin)
    if endpoint.modes["with_references"] not in model.modes:
        yield Rule("references.not_allowed", (), (NotGiven("references", origin),), origin)


class _Scope:
    """For whom the rules of a field are told: one model, any model of an endpoint, or any of the catalog."""

    def __init__(self, catalog: Catalog, endpoint: Endpoint | None, model: Model | None, at: datetime) -> None:
        self.catalog = catalog
        self.at = at
        self.endpoint = endpoint
        self.model = model
        self.models = (model,) if model else models_of(catalog, endpoint)

    def rules_of(self, field: Field) -> FieldRules:
        price = edition(self.catalog, self.model.id, self.at) if self.model else None
        default = default_of(price, field.id, field) if price else field.default
        priced = assumed(price, field.id, field) if price and field.id in TIERED else default
        return FieldRules(field, default, priced, tuple(self._constraints(field)))

    def _constraints(self, field: Field) -> Iterator[Constraint]:
        if field.one_of == "tiers" and not any(self._tiers(model, field.id) for model in self.models):
            yield NotAllowed(field.id, field.provenance.origin)
            return
        if self.endpoint is None or field.id in self.endpoint.required:
            yield Required(field.id, field.provenance.of("required"))
        yield OfType(field.id, field.type, field.provenance.of("type"))
        values = self._values(field)
        if values:
            yield OneOf(field.id, values, self._values_origin(field))
        else:
            yield from self._bounds(field)
        if field.type in ("url", "urls"):
            yield Url(field.id, field.provenance.of("url"))

    def _values(self, field: Field) -> tuple[Value, ...]:
        """Return the only values that a field may have; none where any may stand."""
        bounded = field.minimum is not None or field.maximum is not None
        match field.one_of:
            case None:
                return ()
            case tuple(values):
                return values
            case "models":
                return _model_ids(self.catalog, self.endpoint)
            case "modes":
                return _united(model.modes for model in self.models)
            case "tiers" if self.model is None and bounded:
                return ()
            case "tiers":
                return _united(tuple(self._tiers(model, field.id)) for model in self.models)
            case limit:
                found = self._limit(limit)
                return found if isinstance(found, tuple) else ()

    def _values_origin(self, field: Field) -> Origin:
        own = field.provenance.of("one_of")
        if own.basis == "inferred" or self.model is None:
            return own
        if field.one_of == "modes":
            return self.model.provenance.of("modes")
        if field.one_of == "tiers":
            return edition(self.catalog, self.model.id, self.at).provenance.of(field.id)
        return self._limit_origin(field.one_of, own) if isinstance(field.one_of, str) else own

    def _bounds(self, field: Field) -> Iterator[Constraint]:
        for kind in (Minimum, Maximum, MinLength, MaxLength, MaxItems):
            stated: int | str | None = getattr(field, kind.kind)
            limit = self._limit(stated) if isinstance(stated, str) else stated
            if isinstance(limit, int):
                own = field.provenance.of(kind.kind)
                yield kind(field.id, limit, self._limit_origin(stated, own) if isinstance(stated, str) else own)

    def _limit(self, name: str) -> LimitValue | None:
        """Return the model's own limit, else the endpoint's; for any model what the most generous of them allows."""
        if self.model and name in self.model.limits:
            return self.model.limits[name]
        if self.endpoint and name in self.endpoint.limits:
            return self.endpoint.limits[name]
        limits = [model.limits.get(name) for model in self.models]
        numbers = [limit for limit in limits if isinstance(limit, int)]
        lists = [limit for limit in limits if isinstance(limit, tuple)]
        if len(numbers) == len(limits):
            return max(numbers)
        return _united(lists) if len(lists) == len(limits) else None

    def _limit_origin(self, name: str, own: Origin) -> Origin:
        if own.basis == "inferred":
            return own
        if self.model and name in self.model.limits:
            return self.model.provenance.of(name)
        return self.endpoint.provenance.of(name) if self.endpoint else own

    def _tiers(self, model: Model, factor: str) -> Tiers:
        return edition(self.catalog, model.id, self.at).tiers(factor)


def _keys(fields: Collection[FieldRules]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    paths = [rules.field.segments for rules in fields]
    objects = [rules.field.segments for rules in fields if rules.field.type == "object"]
    return {place: tuple(path[-1] for path in paths if path[:-1] == place) for place in ((), *objects)}


@per_catalog
def _model_ids(catalog: Catalog, endpoint: Endpoint | None) -> tuple[str, ...]:
    """Return the ids of the models of an endpoint: one tuple for all rulebooks, whatever their number."""
    return tuple(model.id for model in models_of(catalog, endpoint))


def _united(lists: Iterator[tuple[Value, ...]] | list[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))
