"""What a machine reads in the pages of this folder: prices, limits and statuses, without the library and its catalogs.

The pages have the tables, headings and field lists of the services' documents in words of our own. Their columns are
glued, as in the documents; what tells them apart here is the form of each column.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from documents.formula import PRICES
from documents.models import MODELS
from documents.places import AIV, DOCUMENTS, GPT

FOLDER = Path(__file__).parent / "pages"
NAMES = tuple(name for documents in DOCUMENTS.values() for name in documents)
LISTED = {
    "Length": ("min_length", "max_length"),
    "Range": ("minimum", "maximum"),
    "Items": ("", "max_items"),
}


@cache
def pages() -> dict[str, str]:
    """Return the text of each page, by the name of its file."""
    return {name: (FOLDER / name).read_text("utf-8") for name in NAMES}


def between(document: str, first: str, last: str | None) -> list[str]:
    """Return the lines with text between two lines of a page, spaces folded."""
    lines = [" ".join(line.split()) for line in pages()[document].split("\n")]
    start = lines.index(first)
    end = len(lines) if last is None else lines.index(last)
    return [line for line in lines[start + 1 : end] if line]


def section(service: str, document: str, source: str) -> list[str]:
    """Return the lines that a source means."""
    return between(document, *DOCUMENTS[service][document][source])


def rows(lines: list[str], service: str = GPT) -> dict[str, str]:
    """Return what stands after the id of each model, the longest id that a line begins with."""
    ids = sorted((model for owner, model in MODELS if owner == service), key=len, reverse=True)
    named = [(next((model for model in ids if line.startswith(model)), None), line) for line in lines]
    return {model: line.removeprefix(model) for model, line in named if model}


def read_cells() -> Iterator[tuple[str, str, Any, Any, str]]:
    """Yield service, model, seconds, resolution and credits of each printed price."""
    table = {}
    for source in ("image_prices", "video_prices"):
        table |= rows(section(GPT, "pricing.txt", source))
    for model, text in table.items():
        yield from ((GPT, model, *cell) for cell in _cells(model, text, table))
    for line in section(AIV, "aivideoapi-gpt-image-2.txt", "pricing"):
        found = re.match(r"(\dk)(?: \(default\))?([0-9.]+) credits\$", line)
        if found:
            yield AIV, "gpt-image-2", None, found[1], found[2]


def _cells(model: str, text: str, table: dict[str, str]) -> Iterator[tuple[Any, Any, str]]:
    by_seconds, by_size = _by_seconds(text), re.findall(r"(\dK) = (\d+)", text)
    at_size = re.findall(r"((?:\d+, )+\d+) at (\d+p)", text)
    alone, as_another = re.search(r"image(?:-to-video)?(\d+)(A\w+)", text), re.search(r"(\d+), (\d+)As (.*)\.$", text)
    clip = re.search(r"(\d+)Any clip of (\d) seconds", text)
    if by_seconds:
        yield from ((seconds, None, price) for seconds, price in by_seconds)
    elif by_size:
        yield from ((None, size, price) for size, price in by_size)
    elif at_size:  # the seconds are not printed; which they are was decided
        for prices, size in at_size:
            yield from zip(PRICES[GPT, model].duration, [size] * 3, prices.split(", "), strict=False)
    elif as_another:  # the row of the other model has the seconds
        seconds = [each for each, _ in _by_seconds(table[as_another[3]])]
        yield from ((each, None, price) for each, price in zip(seconds, as_another.groups()[:2], strict=True))
    elif clip:
        yield int(clip[2]), None, clip[1]
    elif alone:
        yield None, None, alone[1]


def _by_seconds(text: str) -> list[tuple[int, str]]:
    """Read "11, 225s = 11, 10s = 22": the prices 11 and 22, then 5s and 10s with the same ones."""
    found = re.search(r"(\d+), (\d+)(\d+)s = \1, (\d+)s = \2", text)
    return [(int(found[3]), found[1]), (int(found[4]), found[2])] if found else []


def read_limits() -> Iterator[tuple[str, str, str, int]]:
    """Yield service, model, limit and value of what the tables of models print, and the fields of the other service."""
    for model, text in rows(section(GPT, "credits-and-models.txt", "image_models")).items():
        references, prompt = re.findall(r"→ image(\d\d?)([1-9]\d? 000)$", text)[0]
        yield GPT, model, "references", int(references)
        yield GPT, model, "prompt", int(prompt.replace(" ", ""))
    for model, text in rows(section(GPT, "credits-and-models.txt", "video_models")).items():
        yield from ((GPT, model, "references", int(found)) for found in re.findall(r"up to (\d) refs", text))
    inputs = "\n".join(section(AIV, "aivideoapi-gpt-image-2.txt", "input"))
    yield AIV, "gpt-image-2", "prompt", int(re.findall(r"of ([0-9,]+) characters", inputs)[0].replace(",", ""))
    yield AIV, "gpt-image-2", "references", int(re.findall(r"than (\d+) images", inputs)[0])


def read_ratios() -> dict[str, tuple[str, ...]]:
    """Return the aspect ratios of each service's gpt-image-2, and those of the other service's with 4k."""
    profile = "\n".join(section(GPT, "generate-image.txt", "image_profile"))
    inputs = "\n".join(section(AIV, "aivideoapi-gpt-image-2.txt", "input"))
    ratio = re.compile(r"auto|\d+:\d+")
    return {
        GPT: tuple(ratio.findall(profile.partition("is one of")[2])),
        AIV: tuple(ratio.findall(inputs.partition("Any of")[2].partition("With")[0])),
        "4k": tuple(ratio.findall(inputs.partition("and is")[2].partition("\n")[0])),
    }


def read_fields(document: str, source: str) -> dict[str, dict[str, int]]:
    """Return the limits and defaults that a list of fields prints, by the key of the field."""
    found: dict[str, dict[str, int]] = {}
    name = ""
    for line in section(GPT, document, source):
        head = re.match(r"(\w+)[*?](?:string|integer|number|array<>)?$", line)
        name = head[1] if head else name
        limits = found.setdefault(name, {})
        if line.startswith("Default"):
            limits["default"] = int(line.removeprefix("Default"))
        for kind, least, most in re.findall(r"^(Length|Range|Items)(?:(\d+) <= )?[a-z]+ <= (\d+)$", line):
            limits |= dict(zip(LISTED[kind], (int(least or 0), int(most)), strict=True))
            limits.pop("" if least else LISTED[kind][0], None)
    return {name: limits for name, limits in found.items() if limits}


def read_statuses() -> dict[str, int]:
    """Return the status of each error code of the other service."""
    table = "\n".join(section(AIV, "aivideoapi-gpt-image-2.txt", "errors"))
    kinds = "invalid_request|authentication|billing|permission|rate_limit|api|upstream"
    found = re.findall(rf"^(\d{{3}})([a-z_]+?)(?:{kinds})_error[A-Z]", table, re.MULTILINE)
    return {code: int(status) for status, code in found}
