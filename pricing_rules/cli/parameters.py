"""Text from the command line as the values that a request would hold."""

from collections.abc import Mapping
from decimal import Decimal

from pricing_rules.amounts import MAX_TEXT
from pricing_rules.catalog import Catalog

USUAL_TYPES = {"duration": "number", "resolution": "string", "outputs": "integer", "audio": "boolean"}
BOOLEANS = {"true": True, "false": False}


def typed(catalog: Catalog, asked: Mapping[str, str]) -> dict[str, object]:
    """Give the text of each parameter the type of its field; what is not written like it stays text."""
    return {name: _value(text, _type(catalog, name)) for name, text in asked.items()}


def _type(catalog: Catalog, name: str) -> str:
    return catalog.fields[name].type if name in catalog.fields else USUAL_TYPES[name]


def _value(text: str, kind: str) -> object:
    if kind in ("integer", "number"):
        return _number(text)
    return BOOLEANS.get(text, text) if kind == "boolean" else text


def _number(text: str) -> object:
    whole, point, part = text.partition(".")
    if len(text) > MAX_TEXT or not text.isascii() or not whole.isdigit() or (point and not part.isdigit()):
        return text
    return Decimal(text) if point else int(text)
