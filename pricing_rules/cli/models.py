"""`pricing-rules models`: what each model takes and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import click
from attrs import frozen
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pricing_rules.answers import Quote, Value, written
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import (
    Constraint,
    MaxItems,
    MaxLength,
    OneOf,
    Url,
    rule_sentence,
    sentence,
)
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of, rulebook
from pricing_rules.cli.command import examples, with_catalogs
from pricing_rules.cli.completion import complete_model
from pricing_rules.cli.price_points import point_table
from pricing_rules.cli.receipt import title
from pricing_rules.cli.services import with_model
from pricing_rules.cli.spans import charge_range, left_open, span_table
from pricing_rules.cli.terminal import DASH, indented, show, show_json, styled, table_of
from pricing_rules.request.quote import options
from pricing_rules.serialization import amount, as_dict
from pricing_rules.spelling import shown

HEADINGS = ("model", "modes", "refs", "prompt", "credits")


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


@click.command(
    "models",
    epilog=examples(
        "pricing-rules models",
        "pricing-rules models veo3 --json",
    ),
)
@click.argument("model", required=False, shell_complete=complete_model)
@with_catalogs
def models_command(catalogs: tuple[Catalog, ...], model: str | None, *, as_json: bool) -> int:
    """List the models, or tell what one MODEL takes and costs."""
    if model is not None:
        found = [(catalog, catalog.models[model]) for catalog in with_model(catalogs, model)]
        _print_details(found, as_json=as_json)
    elif as_json:
        show_json([card_of(catalog, known).document() for catalog in catalogs for known in catalog.models.values()])
    else:
        endpoints = [(catalog, endpoint) for catalog in catalogs for endpoint in catalog.endpoints.values()]
        for place, (catalog, endpoint) in enumerate(endpoints):
            show(*[""][:place], _heading(catalog, endpoint), _table(catalog, endpoint))
    return 0


def _heading(catalog: Catalog, endpoint: Endpoint) -> Text:
    place = styled(f"  {endpoint.method} {endpoint.path}", "dim")
    return Text.assemble(styled(f"{catalog.id} {endpoint.id}", "bold"), place)


def _table(catalog: Catalog, endpoint: Endpoint) -> Table:
    table = table_of(HEADINGS, ("refs", "prompt", "credits"))
    for model in models_of(catalog, endpoint):
        table.add_row(*_cells(card_of(catalog, model)))
    return table


def _cells(card: ModelCard) -> Iterator[Text]:
    yield Text.assemble(styled(card.model), "\n", styled(card.title, "dim"))
    yield Text("\n").join(map(styled, card.modes))
    yield Text("" if card.max_references is None else f"{card.max_references:,}")
    yield Text("" if card.max_prompt is None else f"{card.max_prompt:,}")
    yield Text("\n").join((styled(card.price_range), *(Text(name, "dim") for name in card.priced_by)))


def _print_details(found: list[tuple[Catalog, Model]], *, as_json: bool) -> None:
    if as_json:
        show_json([_document(catalog, model) for catalog, model in found])
        return
    for place, (catalog, model) in enumerate(found):
        show(*[""][:place], *_details(catalog, model))


def _details(catalog: Catalog, model: Model) -> Iterator[RenderableType]:
    endpoint = catalog.endpoints[model.endpoint]
    book = rulebook(catalog, endpoint, model)
    yield title(catalog, model.id)
    yield styled(f"{endpoint.method} {endpoint.path}, {' or '.join(model.modes)}")
    fields = table_of(("field", "takes"))
    for rules in _taken(book):
        fields.add_row(styled(rules.field.wire), styled("; ".join(_demands(rules))))
    yield ""
    yield indented(fields)
    yield ""
    yield from (indented(styled(f"{said}.")) for said in _across(book))
    if book.rules:
        yield ""
    quotes = options(catalog, model.id)
    found = left_open(catalog, model, quotes)
    beside = {found.heading: [charge_range(ends) for ends in found.charges]} if found else {}
    yield indented(point_table(quotes, ("service", "model"), **beside))
    if found and found.multipliers:
        yield ""
        yield indented(span_table(found))


def _document(catalog: Catalog, model: Model) -> dict[str, Any]:
    book, quotes = book_of(catalog, model), options(catalog, model.id)
    found = left_open(catalog, model, quotes)
    return {
        **card_of(catalog, model).document(),
        "fields": {rules.field.wire: list(_demands(rules)) for rules in _taken(book)},
        "rules": list(_across(book)),
        "prices": [as_dict(quote) for quote in quotes],
        **(found.document() if found else {}),
    }


def _taken(book: Rulebook) -> list[FieldRules]:
    """Return the fields that the model takes, but for the model itself."""
    return [rules for rules in book.fields.values() if rules.is_taken and rules.field.id != "model"]


def _demands(rules: FieldRules) -> Iterator[str]:
    """Say what a field must hold, without its name."""
    for constraint in rules.constraints:
        yield _demand(constraint, rules.field)
    if rules.assumed is not None:
        yield f"default {shown(rules.assumed)}"


def _demand(constraint: Constraint, field: Field) -> str:
    """Say what a constraint demands, without the name of its field and with every allowed value."""
    match constraint:
        case OneOf(limit=values) if len(values) > 1:
            return f"one of {', '.join(map(shown, values))}"
        case Url() if field.type == "urls":
            return f"each {_shortened(sentence(constraint, field.name), field.name)}"
        case _:
            return _shortened(sentence(constraint, field.name), field.name)


def _shortened(said: str, name: str) -> str:
    for start in (f"'{name}' ", "is ", "must be ", "must have "):
        said = said.removeprefix(start)
    return said


def _across(book: Rulebook) -> Iterator[str]:
    names = {name: rules.field.name for name, rules in book.fields.items()}
    return (rule_sentence(rule, names) for rule in book.rules)


def card_of(catalog: Catalog, model: Model) -> ModelCard:
    """Return the card of a model, at the prices of the catalog's version."""
    book = book_of(catalog, model)
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
    return book.fields[field].limit(kind) if field in book.fields else None


def _tiers(quotes: Sequence[Quote]) -> dict[str, tuple[Value, ...]]:
    """Return the tiers of duration, resolution and audio, but for those that no price depends on."""
    values = {name: dict.fromkeys(getattr(quote.parameters, name) for quote in quotes) for name in TIERED}
    return {name: tuple(tiers) for name, tiers in values.items() if None not in tiers}
