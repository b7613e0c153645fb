"""Text, numbers and tables as HTML: what stands in a log stays text, and each number says which figure it is."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from pricing_rules.answers import escaped
from pricing_rules.spelling import printable

LONGEST = 60  # characters of a text of the log


def text(value: object, longest: int = LONGEST) -> str:
    """Write any text so that it is shown as it is, control characters escaped, the end of a long one left out."""
    safe = printable(str(value))
    return escaped(safe if len(safe) <= longest else f"{safe[: longest - 1]}…")


def amount(value: str | Decimal | None, *, signed: bool = False) -> str:
    """Write an exact amount with its thousands marked; nothing where there is none."""
    if value is None:
        return ""
    number = Decimal(value)
    return f"{number:+,f}" if signed and number else f"{number:,f}"


def tag(name: str, inner: str, **attributes: str) -> str:
    """Write an element; `class_` is its class, and an underscore in a name is a hyphen."""
    return f"<{name}{_attributes(tuple(attributes.items()))}>{inner}</{name}>"


@lru_cache(maxsize=1_000)
def _attributes(each: tuple[tuple[str, str], ...]) -> str:
    return "".join(f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"' for key, value in each)


def number(shown: str, figure: str, name: str = "td") -> str:
    """Write a cell with a number, and which figure of the report it is."""
    return tag(name, shown, class_="num", data_is=figure)


def known(value: str | Decimal, left: int, figure: str, *, signed: bool = False) -> str:
    """Write a cell with an amount; where it is 0 and the status of some rows is not known, that it cannot be told."""
    if left and not Decimal(value):
        return tag("td", "not known", class_="num")
    return number(amount(value, signed=signed), figure)


def table(caption: str, headings: Sequence[str], rows: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """Write a table of rows that are written already, which can be scrolled where it is too wide."""
    right = set(numbers)
    head = "".join(tag("th", text(name), scope="col", class_="num" if name in right else "") for name in headings)
    inner = f"<caption>{text(caption, 200)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return scrolled(caption, tag("table", inner))


def scrolled(name: str, inner: str) -> str:
    """Write a part that can be scrolled, by keys as well."""
    return tag("div", inner, class_="scroll", tabindex="0", role="region", aria_label=name)


def row(cells: Iterable[str], head: str = "") -> str:
    """Write a row of cells that are written already, after the one that names it."""
    return f"<tr>{tag('th', head, scope='row') if head else ''}{''.join(cells)}</tr>"


def cell(value: object, longest: int = LONGEST) -> str:
    """Write a cell with a text."""
    return tag("td", text(value, longest))


def section(heading: str, inner: str, about: str = "") -> str:
    """Write a part of the page under a heading."""
    intro = tag("p", about, class_="about") if about else ""
    return tag("section", f"<h2>{heading}</h2>{intro}{inner}", class_="card")


def details(summary: str, inner: str) -> str:
    """Write a part that is opened to be read."""
    return f"<details><summary>{summary}</summary>{inner}</details>"
