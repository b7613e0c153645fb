"""The rows of a section, and what of a text is printed.

Pages come as plain text in which columns are glued ("image1420 000" is image, 14 and 20 000), so that digits may touch
their neighbours: a number stands at the beginning or at the end of a run of digits, never inside, and two different
ones never on the same digits.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from attrs import frozen

from pricing_rules.answers import written
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog
from pricing_rules.facts.numbers import Sought, Spelled
from pricing_rules.facts.pages import Line

NUMERAL = re.compile(r"[0-9][0-9., ]*")
Row = Sequence[tuple[Line, str]]  # lines, each with the part of it that counts


@frozen(eq=False)
class Names:
    """What rows start with, or hold, the longest first: models with their titles, tiers, keys of fields, responses."""

    models: Mapping[str, str]
    tiers: Sequence[str]
    fields: Sequence[str]
    responses: Sequence[str]


@frozen(eq=False)
class Rows:
    """The rows of a section by what they are about; none of a kind that it does not have."""

    models: Mapping[str, Row]
    tiers: Mapping[str, Row]
    fields: Mapping[str, Row]
    responses: Mapping[str, Row]
    sentences: Row


@frozen(eq=False)
class Found:
    """The row that has to print a number, or the sentences of a section without such rows; `name` tells rows apart."""

    name: str
    row: Row
    are_sentences: bool = False


def names_of(catalog: Catalog) -> Names:
    """Return the names that rows of a service's documents have."""
    titles = {model.id: model.title for model in catalog.models.values()}
    tiers = (written(tier) for price in catalog.prices for name in TIERED for tier in price.tiers(name))
    fields = (field.segments[-1] for field in catalog.fields.values())
    models = {model: titles[model] for model in _longest(titles)}
    return Names(models, _longest(tiers), _longest(fields), _longest(catalog.responses))


def rows_of(lines: Sequence[Line], names: Names) -> Rows:
    """Return the rows of a section: lines that start with a name, those of a field with what follows up to the next."""
    models = _rows(lines, lambda text: _begun(text, tuple(names.models)))
    bare = {name: [(line, _bare(text, name, names.models[name])) for line, text in row] for name, row in models.items()}
    return Rows(
        bare,
        _rows(lines, lambda text: _begun(text, tuple(names.tiers))),
        _rows(lines, lambda text: _begun(text, tuple(names.fields)), goes_on=True),
        _rows(lines, lambda text: _held(text, names.responses)),
        [(line, line.text) for line in lines],
    )


def row_of(sought: Sought, rows: Rows) -> Found | None:
    """Return the row of a number in a section; None where the section has no rows of its kind."""
    match sought.row:
        case "model" if rows.models:
            return Found(f"model {sought.name}", rows.models.get(sought.name, ()))
        case "model" if sought.tier and rows.tiers:
            return Found(f"tier {sought.tier}", rows.tiers.get(sought.tier, ()))
        case "model" if sought.field and rows.fields:
            return Found(f"field {sought.field}", rows.fields.get(sought.field, ()))
        case "model":
            return Found("", rows.sentences, are_sentences=True)
        case "field" if rows.fields:
            return Found(f"field {sought.name}", rows.fields.get(sought.name, ()))
        case "response" if rows.responses:
            return Found(sought.name, rows.responses.get(sought.name, ()))
        case _:
            return None


def printed(text: str, values: Iterable[Spelled]) -> Mapping[Spelled, bool]:
    """Return the values that a text prints, and whether each stands alone; else it touches its neighbours."""
    taken: list[tuple[int, int]] = []
    found = {}
    for value in sorted(values, key=lambda value: (-len(value[0]), value)):
        place = next(_places(text, value, taken), None)
        if place:
            taken.append(place[:2])
            found[value] = place[2]
    return found


def _rows(lines: Sequence[Line], owner: Callable[[str], str], *, goes_on: bool = False) -> Mapping[str, Row]:
    found: dict[str, list[tuple[Line, str]]] = {}
    name = ""
    for line in lines:
        name = owner(line.text) or (name if goes_on else "")
        if name:
            found.setdefault(name, []).append((line, line.text))
    return found


def _begun(text: str, names: tuple[str, ...]) -> str:
    """Return the longest name that a text starts with, nothing where it starts with none."""
    return next((name for name in names if text.startswith(name)), "") if text.startswith(names) else ""


def _held(text: str, names: Sequence[str]) -> str:
    """Return the name that a text holds first, the longest of several there; nothing where it holds none."""
    places = [(text.find(name), name) for name in names if name in text]
    return min(places, key=lambda place: place[0])[1] if places else ""


def _bare(text: str, name: str, title: str) -> str:
    """Return what a row says after the name and the title."""
    return text.removeprefix(name).lstrip().removeprefix(title)


def _places(text: str, value: Spelled, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield where a value stands alone, then where it touches its neighbours, beside what is taken."""
    for pattern, alone in zip(_patterns(value), (True, False), strict=True):
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other or start >= beyond for other, beyond in taken):
                yield start, end, alone


@cache
def _patterns(value: Spelled) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a value that stands alone, and one that touches its neighbours on one side."""
    ways = f"(?:{'|'.join(map(re.escape, sorted(value, key=len, reverse=True)))})"
    if not all(map(NUMERAL.fullmatch, value)):
        return re.compile(rf"(?<!\w){ways}(?!\w)"), re.compile(ways)
    begins, ends = r"(?<![0-9])(?<![0-9][.,])", r"(?![0-9])(?![.,][0-9])"
    touching = rf"{begins}{ways}(?![.,][0-9])|(?<![0-9][.,]){ways}{ends}"
    return re.compile(f"{begins}{ways}{ends}"), re.compile(touching)


def _longest(names: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(names), key=len, reverse=True)
