"""A model at one instant of one catalog: one of the two sides that are compared."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import Factory, field, frozen

from pricing_rules.answers import Quote, Value, Violation
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of
from pricing_rules.catalog.tariff import in_force
from pricing_rules.errors import Inexpressible, Unpriced
from pricing_rules.request.explanation import breaks
from pricing_rules.request.quote import quote
from pricing_rules.request.validate import validate
from pricing_rules.targets.shapes import Shape
from pricing_rules.targets.variants import Variant, modes_of, variants_of
from pricing_rules.tariffs.bodies import body_of


@frozen(eq=False, repr=False)
class Side:
    """A model at one instant of one catalog.

    Attributes:
        catalog: the catalog.
        model: the model.
        at: the instant.
        book: its rules then.
        price: its price then, None before the first.
        names: canonical names by JSON Pointer on the wire.
        exact: the shapes of its requests, by mode; None where its rules across fields cannot be told so.
    """

    catalog: Catalog
    model: Model
    at: datetime
    book: Rulebook = field(init=False, default=Factory(lambda self: _book(self), takes_self=True))
    price: Price | None = field(init=False, default=Factory(lambda self: _price(self), takes_self=True))
    names: Mapping[str, str] = field(init=False, default=Factory(lambda self: _names(self), takes_self=True))
    exact: tuple[Variant, ...] | None = field(init=False, default=Factory(lambda self: _exact(self), takes_self=True))

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The shapes of its requests, by mode; where there are no exact ones, some of their requests break rules."""
        return tuple(modes_of(self.catalog, self.model, self.at)) if self.exact is None else self.exact

    @property
    def shapes(self) -> Iterator[Shape]:
        """The shapes of its requests, of every mode."""
        return (variant.slots for variant in self.variants)

    def default(self, name: str) -> Value | None:
        """Return what a request is priced at that leaves a field out; None where nothing does that it could have."""
        rules = self.book.fields.get(name)
        if rules is None or rules.assumed is None or any(breaks(each, rules.assumed) for each in rules.constraints):
            return None
        return rules.assumed

    def can_do_without(self, name: str) -> bool:
        """Tell whether a price can be told for requests that leave a parameter out."""
        rules = self.book.fields.get(name)
        return rules is None or not rules.is_taken or self.default(name) is not None

    def rules(self, wire: str) -> FieldRules | None:
        """Return the rules of the field at a place on the wire, None where there is none that a request may have."""
        found = self.book.fields.get(self.names.get(wire, ""))
        return found if found and found.is_taken else None

    def faults(self, body: object) -> tuple[Violation, ...]:
        """List what is wrong with a request then."""
        return validate(self.catalog, body, at=self.at)

    def quote(self, body: object) -> Quote | None:
        """Return what a valid request costs then, None where it has no price."""
        try:
            return quote(self.catalog, body, at=self.at)
        except Unpriced:
            return None


def _book(side: Side) -> Rulebook:
    return book_of(side.catalog, side.model, side.at)


def _price(side: Side) -> Price | None:
    return in_force(side.catalog, side.model.id, side.at)


def _names(side: Side) -> Mapping[str, str]:
    return {rules.field.wire: name for name, rules in side.book.fields.items()}


def _exact(side: Side) -> tuple[Variant, ...] | None:
    try:
        found = variants_of(side.catalog, side.model, side.at)
    except Inexpressible:
        return None
    return tuple(variant for variant in found if body_of(variant.slots, {}) is not None)
