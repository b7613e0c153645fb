"""Whole requests for what is needed: in each shape of a mode, with the tiers of a price point."""

from collections.abc import Iterator
from typing import Any

from pricing_rules.answers import Parameters
from pricing_rules.catalog.formula import TIERED
from pricing_rules.targets.examples import ADDRESS
from pricing_rules.targets.shapes import Shape, present
from pricing_rules.tariffs.bodies import body_of, fits, possible
from pricing_rules.tariffs.need import Need
from pricing_rules.tariffs.side import Side


def requests(need: Need, side: Side, mode: str, point: Parameters) -> Iterator[dict[str, Any]]:
    """Yield a request at a point in every shape of a mode that has one."""
    wanted = {name: getattr(point, name) for name in TIERED if getattr(point, name) is not None}
    if need.aspect_ratio is not None:
        wanted["aspect_ratio"] = need.aspect_ratio
    if "outputs" in side.book.fields and side.book.fields["outputs"].default != need.outputs:
        wanted["outputs"] = need.outputs
    for variant in side.variants:
        if variant.mode in (None, mode):
            shape, chosen = _with_references(variant.slots, need.references)
            for name, value in wanted.items():
                shape, chosen = _with(shape, name, value), {**chosen, name: value}
            body = body_of(shape, chosen) if shape else None
            if body is not None and not side.faults(body):
                yield body


def _with_references(shape: Shape, number: int | None) -> tuple[Shape | None, dict[str, Any]]:
    """Return a shape with a number of references, else with the fewest that it takes."""
    slot = shape.get("references")
    if slot is None or (number in (None, 0) and slot.presence in ("absent", "optional")):
        return shape if not number else None, {}
    fewest = min(map(len, possible(slot)), default=0)
    value = [ADDRESS] * (fewest if number is None else number)
    return _with(shape, "references", value), {"references": value}


def _with(shape: Shape | None, name: str, value: Any) -> Shape | None:  # noqa: ANN401 -- any JSON value
    slot = shape.get(name) if shape else None
    return present(shape, name) if shape and slot and fits(slot, value) else None
