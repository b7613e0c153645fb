"""Where two services differ beside their models: units, endpoints, answers, tasks, the keys of a log."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

from pricing_rules.answers import Limit
from pricing_rules.catalog.canonical import Fact, Facts, Key, same
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import EARLIEST
from pricing_rules.spelling import listed, shown
from pricing_rules.tariffs.change import Effect
from pricing_rules.tariffs.difference import Difference
from pricing_rules.tariffs.proof import of_model
from pricing_rules.tariffs.side import Side


def service_differences(before: Facts, after: Facts, told: Collection[str]) -> Iterator[Difference]:
    """Yield every difference of two services; limits of an endpoint that a model's change tells are not repeated.

    Args:
        before: the facts of the old service.
        after: those of the new one.
        told: kinds of the changes of models.
    """
    keys = [key for key in dict.fromkeys((*before, *after)) if not same(before.get(key), after.get(key))]
    gone = [key.place for key in keys if _is_endpoint(before.get(key, ())) != _is_endpoint(after.get(key, ()))]
    for place in gone:
        effect: Effect = "refuses" if _is_endpoint(before.get(Key("service", place), ())) else "accepts"
        kind, said = ("endpoint.removed", "There is no") if effect == "refuses" else ("endpoint.added", "There is an")
        yield Difference(kind, effect, place, f"{said} endpoint {shown(place.rpartition('/')[2])}.")
    for key in keys:
        if not any(key.place == place or key.place.startswith(f"{place}/") for place in gone):
            yield from _fact_differences(key.place, dict(before.get(key, ())), dict(after.get(key, ())), told)


def model_added(old: Catalog, new: Catalog, model_id: str) -> Difference:
    """Tell of a model that only the new catalog has."""
    side = Side(new, new.models[model_id], EARLIEST)
    wire, example = new.fields["model"].wire, of_model(side, old).example
    return Difference("model.added", "accepts", wire, "It is a model; it was none.", None, model_id, example=example)


def model_removed(old: Catalog, new: Catalog, model_id: str) -> Difference:
    """Tell of a model that only the old catalog has."""
    added = model_added(new, old, model_id)
    message = "It is no longer a model."
    return Difference("model.removed", "refuses", added.path, message, model_id, None, example=added.example)


def _is_endpoint(facts: tuple[Fact, ...]) -> bool:
    return any(name == "endpoint.address" for name, _ in facts)


def _fact_differences(
    place: str, before: dict[str, Any], after: dict[str, Any], told: Collection[str]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if same(was, now):
            continue
        if "/fields/" not in place:
            message = f"{place}, {name.replace('.', ' ')}: {_said(now)}; before: {_said(was)}."
            yield Difference(name, _effect(name, was, now), place, message, _limit(was), _limit(now))
        elif name not in told:
            message = (
                f"{place}: {_said(now)}; before: {_said(was)}. It is said of requests without a known model alone."
            )
            yield Difference(name, "none", place, message, _limit(was), _limit(now))


def _effect(name: str, was: str | None, now: str | None) -> Effect:
    if name != "credit.usd" or was is None or now is None:
        return "answers"
    return "costs_more" if Fraction(now) > Fraction(was) else "costs_less"


def _limit(value: Any) -> Limit | None:  # noqa: ANN401 -- of a fact
    """Return the value of a fact as a change tells it: a body as text."""
    if isinstance(value, tuple):
        return value if all(isinstance(each, str | int) for each in value) else str(value)
    return value  # type: ignore[no-any-return]


def _said(value: object) -> str:
    if isinstance(value, tuple) and all(isinstance(each, str | int) for each in value):
        return listed(value, "and")
    return "nothing" if value is None else shown(value if isinstance(value, str | int) else str(value))
