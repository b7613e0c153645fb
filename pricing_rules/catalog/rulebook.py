"""All rules of one model: the only place that turns a catalog into constraints. Every target reads these."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import (
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
from pricing_rules.catalog.records import Catalog, Endpoint, Field, LimitValue, Model, Tiers
from pricing_rules.catalog.tariff import in_force


@frozen(eq=False, repr=False)
class FieldRules:
    """What one field of a request must hold; `default` is what an absent one counts as, None where there is none."""

    field: Field
    default: Value | None
    constraints: tuple[Constraint, ...]


@frozen(eq=False, repr=False)
class Rulebook:
    """What a request must hold.

    Attributes:
        endpoint: None where neither the caller nor the model names one; then only the model is judged.
        model: None where it is missing or unknown; then what the endpoint allows to any model holds.
        fields: by canonical name, in the order of the endpoint.
        rules: rules across fields.
    """

    endpoint: Endpoint | None
    model: Model | None
    fields: Mapping[str, FieldRules]
    rules: tuple[Rule, ...]


def rulebook(catalog: Catalog, endpoint: Endpoint | None, model: Model | None) -> Rulebook:
    """Return all rules of a model at an endpoint, kept with the catalog."""
    key = ("rulebook", endpoint and endpoint.id, model and model.id)
    known: Rulebook | None = catalog.compiled.get(key)
    if known is None:
        known = catalog.compiled[key] = _rulebook(catalog, endpoint, model)
    return known


def _rulebook(catalog: Catalog, endpoint: Endpoint | None, model: Model | None) -> Rulebook:
    names = endpoint.fields if endpoint else _path_to_model(catalog)
    scope = _Scope(catalog, endpoint, model)
    fields = {name: scope.rules_of(catalog.fields[name]) for name in names}
    return Rulebook(endpoint, model, fields, (*_mode_rules(endpoint, model), *endpoint.rules) if endpoint else ())


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

    def __init__(self, catalog: Catalog, endpoint: Endpoint | None, model: Model | None) -> None:
        self.catalog = catalog
        self.endpoint = endpoint
        self.model = model
        here = (other for other in catalog.models.values() if endpoint is None or other.endpoint == endpoint.id)
        self.models = (model,) if model else tuple(here)

    def rules_of(self, field: Field) -> FieldRules:
        return FieldRules(field, self._default(field), tuple(self._constraints(field)))

    def _default(self, field: Field) -> Value | None:
        price = in_force(self.catalog, self.model.id) if self.model else None
        return price.default.get(field.id, field.default) if price else field.default

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
        price = in_force(self.catalog, self.model.id)
        if field.one_of == "modes":
            return self.model.provenance.of("modes")
        if field.one_of == "tiers" and price:
            return price.provenance.of(field.id)
        return self._limit_origin(field.one_of, own) if isinstance(field.one_of, str) else own

    def _bounds(self, field: Field) -> Iterator[Constraint]:
        for kind, name in (
            (Minimum, "minimum"),
            (Maximum, "maximum"),
            (MinLength, "min_length"),
            (MaxLength, "max_length"),
            (MaxItems, "max_items"),
        ):
            stated: int | str | None = getattr(field, name)
            limit = self._limit(stated) if isinstance(stated, str) else stated
            if isinstance(limit, int):
                own = field.provenance.of(name)
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
        price = in_force(self.catalog, model.id) if factor in TIERED else None
        return price.tiers(factor) if price else {}


def _model_ids(catalog: Catalog, endpoint: Endpoint | None) -> tuple[str, ...]:
    """Return the models of an endpoint, else of the catalog; one tuple for all rulebooks, whatever their number."""
    key = ("models", endpoint and endpoint.id)
    known: tuple[str, ...] | None = catalog.compiled.get(key)
    if known is None:
        every = catalog.models.values()
        known = tuple(model.id for model in every if endpoint is None or model.endpoint == endpoint.id)
        catalog.compiled[key] = known
    return known


def _united(lists: Iterator[tuple[Value, ...]] | list[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))
