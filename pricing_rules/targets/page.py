"""Quotes for anyone: a page in one file that compares models and explains each price, without a server or a network.

Its template stands in `quote_page/`: one HTML file, its style, and the sections of its script.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from json import dumps
from operator import attrgetter
from pathlib import Path
from typing import Any

from pricing_rules.answers import Quote, dollars, escaped, with_unit, written
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.loading import services
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.sale import layers_of
from pricing_rules.errors import Inexpressible
from pricing_rules.request.quote import options
from pricing_rules.targets.catalog_json import catalog_json
from pricing_rules.targets.examples import ADDRESS, TEXT

TEMPLATE = Path(__file__).with_name("quote_page")
SECTIONS = (
    "elements", "exact", "catalogs", "rules", "bodies", "offers", "working", "address", "languages",
    "need", "factors", "receipt", "compare", "request", "main",
)  # fmt: skip
UNCLEAR = frozenset("'`/\\")
MARKS = re.compile(r'("[^"]*")| ?([=,{}()?:<>&|;\[\]*]+) ?')
BASES = " <b>Documented</b>: the service prints it. <b>Inferred</b>: its documents are silent and a reading decides."
Table = dict[str, Any]


def page(catalogs: Iterable[Catalog]) -> str:
    """Return the quote page of catalogs as HTML in one file, the same for the same catalogs.

    It holds their catalog.json as they are and prices with prices.mjs. Of a catalog under an overlay that shows the
    price alone, or that resells, it holds the charges and nothing of how they are made.

    Args:
        catalogs: in the order in which their models are shown; each is read at its version.

    Raises:
        Inexpressible: as for prices.json; two catalogs have one id.
        ValueError: there is no catalog.
    """
    every = tuple(catalogs)
    if not every:
        raise ValueError("a page needs a catalog")
    ids = [catalog.id for catalog in every]
    if len({*ids}) < len(ids):
        raise Inexpressible(f"two catalogs of a page have one id: {', '.join(ids)}")
    documents = [catalog_json(catalog) for catalog in every]
    style, script = _style(), _script()
    return _filled(
        "\n".join(map(str.strip, _part("page.html").splitlines())),
        {
            "policy": _policy(style, script),
            "style": style,
            "script": script,
            "catalogs": _data(every, documents),
            **_words(every, documents),
        },
    )


def _part(name: str) -> str:
    return TEMPLATE.joinpath(name).read_text(encoding="utf-8")


def _style() -> str:
    return re.sub(r"\s*([{};:,])\s+", r"\1", _part("page.css")).strip()


def _script() -> str:
    """Return prices.mjs and the sections of the page as one module."""
    prices = Path(__file__).with_name("prices.mjs").read_text(encoding="utf-8")
    return "\n".join(squeezed(text) for text in (prices, *(_part(f"{name}.js") for name in SECTIONS)))


def squeezed(text: str) -> str:
    """Leave out indentation, empty lines, lines that are a comment alone, and spaces where they surely mean nothing."""
    lines = map(str.strip, text.splitlines())
    return "\n".join(_tight(line) for line in lines if line and not line.startswith("//"))


def _tight(line: str) -> str:
    """Leave out the spaces around marks outside of strings; a line with another quote, slash or backslash stays."""
    return line if UNCLEAR.intersection(line) else MARKS.sub(lambda found: found[1] or found[2], line)


def _policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy that lets this style and this script run and nothing be loaded."""
    hashes = (f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (script, style))
    allowed = zip(("script-src", "style-src"), hashes, strict=True)
    rules = ("default-src 'none'", *map(" ".join, allowed), "img-src data:", "base-uri 'none'", "form-action 'none'")
    return "; ".join(rules)


def _filled(template: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"{{(\w+)}}", lambda found: parts[found[1]], template)


def _data(catalogs: Sequence[Catalog], documents: Sequence[Table]) -> str:
    """Return what the script reads as JSON that no HTML parser takes for more."""
    content = {
        "services": documents,
        "commands": [_command(catalog) for catalog in catalogs],
        "samples": {"text": TEXT, "address": ADDRESS},
    }
    return dumps(content, separators=(",", ":")).replace("<", "\\u003c")


def _command(catalog: Catalog) -> str:
    """Return how the command line is told of a catalog, nothing of one that it cannot have."""
    if layers_of(catalog):
        return ""
    return f"--service {catalog.id}" if catalog.id in services() else f"--catalog {catalog.id}.toml"


def _words(catalogs: Sequence[Catalog], documents: Sequence[Table]) -> dict[str, str]:
    titles = ", ".join(_name(catalog.title) for catalog in catalogs)
    models = sum(len(catalog.models) for catalog in catalogs)
    newest = max(catalog.version for catalog in catalogs)
    keys = dict.fromkeys(key for catalog in catalogs for key in _charge_keys(catalog))
    rows, quotes = _table(catalogs, documents)
    return {
        "title": escaped(", ".join(catalog.title for catalog in catalogs)),
        "about": f"{models} models · {titles} · prices of {newest}",
        "table": rows,
        "count": f"All {quotes:,} prices",
        "charge": f" in <code>{escaped(' or '.join(keys))}</code>" if keys else "",
        "bases": BASES if any(document["working"] for document in documents) else "",
        "versions": " · ".join(f"{_name(catalog.title)} {catalog.version}" for catalog in catalogs),
    }


def _name(text: str) -> str:
    return f"<bdi>{escaped(text)}</bdi>"


def _charge_keys(catalog: Catalog) -> Iterator[str]:
    """Yield the keys under which an accepted request is told its charge."""
    for response in catalog.responses.values():
        if "accepted" in response.outcomes:
            yield from _keys_of_credits(catalog.bodies[response.body])


def _keys_of_credits(content: object) -> Iterator[str]:
    if isinstance(content, Mapping):
        yield from (name for name, inner in content.items() if inner == "$credits")
        for inner in content.values():
            yield from _keys_of_credits(inner)


def _table(catalogs: Sequence[Catalog], documents: Sequence[Table]) -> tuple[str, int]:
    """Return every price as rows of a table, and their number."""
    every = [options(catalog) for catalog in catalogs]
    tiers = [name for name in TIERED if any(name in document["tiers"] for document in documents)]
    has_usd = any(quote.usd is not None for quotes in every for quote in quotes)
    has_basis = any(document["working"] for document in documents)
    columns = [*tiers, "credits", *(("usd",) if has_usd else ()), *(("basis",) if has_basis else ())]
    heads = {"credits": "Credits", "usd": "US$", "basis": "Basis", **{name: _title(documents, name) for name in tiers}}
    lines = ["".join(("<thead><tr><th>Model", *(f"<th>{escaped(heads[name])}" for name in columns)))]
    for catalog, document, quotes in zip(catalogs, documents, every, strict=True):
        shown = columns if document["working"] else [name for name in columns if name != "basis"]
        titled = f"<tr><th colspan={len(columns) + 1}><b>{_name(catalog.title)}</b>" if len(catalogs) > 1 else ""
        lines.append(f"<tbody>{titled}")
        lines += _rows(catalog, quotes, shown)
    return "\n".join(lines), sum(map(len, every))


def _rows(catalog: Catalog, quotes: Iterable[Quote], columns: Sequence[str]) -> Iterator[str]:
    for model, some in groupby(quotes, attrgetter("model")):
        rows = ["".join(f"<td>{escaped(_text(quote, name))}" for name in columns) for quote in some]
        yield f"<tr><th rowspan={len(rows)}>{_name(catalog.models[model].title)}{'<tr>'.join(rows)}"


def _title(documents: Sequence[Table], name: str) -> str:
    return next(str(document["fields"][name]["title"]) for document in documents if name in document["fields"])


def _text(quote: Quote, name: str) -> str:
    match name:
        case "credits" | "basis":
            return written(getattr(quote, name))
        case "usd":
            return "" if quote.usd is None else dollars(quote.usd)
        case _:
            return with_unit(name, getattr(quote.parameters, name))
