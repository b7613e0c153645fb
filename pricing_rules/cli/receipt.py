"""The receipt of a quote on a terminal: its text, with the name of the model before it and some colour."""

from rich.text import Text

from pricing_rules.answers import Quote
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.terminal import BASIS_STYLES, safe_lines, styled, width
from pricing_rules.request import receipt as text


def receipt(catalog: Catalog, quote: Quote, *, private: bool = False) -> Text:
    """Return what explains a quote; of one that shows the price only the price, unless all of it is asked for."""
    _, charge, rest = text.receipt(quote, width=width(), private=private).split("\n", 2)
    explained = Text(safe_lines(rest).rstrip("\n"))
    for basis, style in BASIS_STYLES.items():
        explained.highlight_words((basis,), style)
    return Text("\n").join((title(catalog, quote.model), styled(charge, "bold"), *([explained] if rest else [])))


def title(catalog: Catalog, model_id: str) -> Text:
    """Return the name and id of a model and its service, on one line."""
    service = styled(f" at {catalog.id}", "dim")
    return Text.assemble(styled(catalog.models[model_id].title, "bold"), "  ", styled(model_id, "cyan"), service)
