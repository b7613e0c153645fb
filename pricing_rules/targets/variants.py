"""The closed shapes that requests to a model can have: one for each mode, and more where a rule across fields chooses.

Every request that the rulebook allows fits exactly one shape, so that types without conditions can state the rules.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from attrs import evolve, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import Claim, Given, NotGiven, OneOf
from pricing_rules.catalog.records import Catalog, Endpoint, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of
from pricing_rules.errors import Inexpressible
from pricing_rules.targets.shapes import Presence, Shape, Slot, claimed, keeping, split

MAX_MEMBERS = 100_000  # of all shapes of an endpoint: each rule can triple the shapes


@frozen(eq=False, repr=False)
class Variant:
    """One shape of the requests to a model, None as mode where the request names none."""

    book: Rulebook
    model: Model
    mode: str | None
    slots: Shape

    @property
    def title(self) -> str:
        """The model and the mode in words."""
        return f"{self.model.title} {(self.mode or '').replace('_', ' ')}".strip()


def variants(catalog: Catalog, endpoint: Endpoint) -> Iterator[Variant]:
    """Yield every shape of the requests to an endpoint, model by model, mode by mode.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    left = MAX_MEMBERS // len(endpoint.fields)
    for model in models_of(catalog, endpoint):
        found = variants_of(catalog, model, left=left)
        left -= len(found)
        yield from found


def variants_of(
    catalog: Catalog, model: Model, at: datetime | None = None, *, left: int | None = None
) -> list[Variant]:
    """Return every shape of the requests to a model at an instant, mode by mode; at most so many are `left`.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    endpoint, book = catalog.endpoints[model.endpoint], book_of(catalog, model, at)
    most = MAX_MEMBERS // len(endpoint.fields)
    found: list[Variant] = []
    for mode, wide in _by_mode(book, endpoint, model):
        room = (most if left is None else left) - len(found)
        shapes = [wide]
        for rule in book.rules:
            shapes = list(islice((kept for shape in shapes for kept in keeping(rule, shape)), room + 1))
            if len(shapes) > room:
                reason = f"models and rules make more than {most:,} shapes, {MAX_MEMBERS:,} fields in all"
                raise Inexpressible(f"{catalog.id}: endpoints.{endpoint.id}: {reason}")
        found += [Variant(book, model, mode, _settled(shape)) for shape in shapes]
    return found


def modes_of(catalog: Catalog, model: Model, at: datetime | None = None) -> list[Variant]:
    """Return the shapes of the requests to a model at an instant, one for each mode, as if no rule divided them."""
    endpoint, book = catalog.endpoints[model.endpoint], book_of(catalog, model, at)
    return [Variant(book, model, mode, _settled(wide)) for mode, wide in _by_mode(book, endpoint, model)]


def _by_mode(book: Rulebook, endpoint: Endpoint, model: Model) -> Iterator[tuple[str | None, Shape]]:
    names = {rules.field.segments: name for name, rules in book.fields.items()}
    shape: Shape = {name: _slot(rules, names.get(rules.field.segments[:-1])) for name, rules in book.fields.items()}
    shape = {**shape, "model": evolve(shape["model"], values=(model.id,))}
    if endpoint.modes:
        claims: dict[str, Claim] = {
            endpoint.modes["without_references"]: NotGiven("references", endpoint.provenance.origin),
            endpoint.modes["with_references"]: Given(("references",)),
        }
        for mode in model.modes:
            yield from ((mode, kept) for kept in claimed(claims[mode], shape))
    elif "mode" in book.fields:
        for mode in model.modes:
            inside, left = split(OneOf("mode", (mode,), model.provenance.origin), shape)
            yield from ((mode, kept) for kept in (inside,) if kept)
            if not left:
                return
            shape = left
        yield None, shape
    else:
        yield (model.modes[0] if model.modes else None), shape


def _slot(rules: FieldRules, around: str | None) -> Slot:
    values: tuple[Value, ...] | None = rules.limit(OneOf)
    if rules.field.type == "boolean" and values is None:
        values = (True, False)
    presence: Presence = "absent" if not rules.is_taken else "required" if rules.is_required else "optional"
    return Slot(rules, around, presence, values)


def _settled(shape: Shape) -> Shape:
    """Return a shape in which nothing stands inside an object that does not; objects come before what they hold."""
    found: dict[str, Slot] = {}
    for name, slot in shape.items():
        is_hidden = slot.around is not None and found[slot.around].presence == "absent"
        found[name] = evolve(slot, presence="absent") if is_hidden else slot
    return found
