"""A model in one line: its modes, its limits, what it is priced by and the range of its prices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from pricing_rules.answers import Quote, Value
from pricing_rules.catalog import Catalog, Model
from pricing_rules.cli.price_points import written
from pricing_rules.cli.terminal import DASH
from pricing_rules.constraints import MaxItems, MaxLength
from pricing_rules.formula import TIERED
from pricing_rules.quoting import options
from pricing_rules.rulebook import Rulebook, rulebook
from pricing_rules.serialization import amount


@frozen
class ModelCard:
    """A model in one line.

    Attributes:
        service: id of the service.
        endpoint: id of the endpoint that takes its requests.
        model: id of the model.
        title: its name for people.
        modes: what it can do.
        max_references: most reference images; None where it states no limit.
        max_prompt: longest prompt in code points; None where it states no limit.
        priced_by: the tiers of each parameter that decides the price.
        credits: least and most that one output costs.
    """

    service: str
    endpoint: str
    model: str
    title: str
    modes: tuple[str, ...]
    max_references: int | None
    max_prompt: int | None
    priced_by: Mapping[str, tuple[Value, ...]]
    credits: tuple[Decimal, Decimal]

    @property
    def price_range(self) -> str:
        """Both ends of the range, or the one price."""
        return DASH.join(dict.fromkeys(map(written, self.credits)))

    def document(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return {
            "service": self.service,
            "endpoint": self.endpoint,
            "model": self.model,
            "title": self.title,
            "modes": list(self.modes),
            "max_references": self.max_references,
            "max_prompt": self.max_prompt,
            "priced_by": {name: list(tiers) for name, tiers in self.priced_by.items()},
            "credits": [amount(end) for end in self.credits],
        }


def card_of(catalog: Catalog, model: Model) -> ModelCard:
    """Return the card of a model, at the prices of the catalog's version."""
    book = rulebook(catalog, catalog.endpoints[model.endpoint], model)
    quotes = options(catalog, model.id)
    charges = [quote.credits for quote in quotes]
    return ModelCard(
        service=catalog.id,
        endpoint=model.endpoint,
        model=model.id,
        title=model.title,
        modes=model.modes,
        max_references=_limit(book, "references", MaxItems),
        max_prompt=_limit(book, "prompt", MaxLength),
        priced_by=_tiers(quotes),
        credits=(min(charges), max(charges)),
    )


def _limit(book: Rulebook, field: str, kind: type[MaxItems | MaxLength]) -> int | None:
    constraints = book.fields[field].constraints if field in book.fields else ()
    return next((constraint.limit for constraint in constraints if isinstance(constraint, kind)), None)


def _tiers(quotes: Sequence[Quote]) -> dict[str, tuple[Value, ...]]:
    """Return the tiers of duration, resolution and audio, but for those that no price depends on."""
    values = {name: dict.fromkeys(getattr(quote.parameters, name) for quote in quotes) for name in TIERED}
    return {name: tuple(tiers) for name, tiers in values.items() if None not in tiers}
