"""Charts as SVG, drawn in whole numbers: bars by part, by model and by day, and the shades of a heat table."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pricing_rules.audit.report.page.cells import amount, tag, text

WIDE, HIGH, LEAST = 1_000, 26, 5  # of the bar of coverage, and of a part of it
HALF, THICK = 80, 14  # of a bar to either side
LEFT, TOP, CHARGED, GAP, FOUND = 4, 18, 110, 26, 70  # of the chart by day, top to bottom
ACROSS = 900
SHADES = 4


def share(part: int | Decimal, whole: int | Decimal, most: int) -> int:
    """Return how much of `most` a part of a whole is, at least 1 where there is something."""
    found = int(part * most // whole) if whole else 0
    return max(found, 1) if part else 0


def coverage(parts: Sequence[tuple[str, str, int]]) -> str:
    """Draw what became of the rows as one bar: of each part its class, its name and its number of rows."""
    every, at, drawn = sum(rows for _, _, rows in parts), 0, []
    for kind, name, rows in parts:
        wide = max(share(rows, every, WIDE), LEAST)
        told = tag("title", f"{text(name)}: {rows:,}")
        drawn.append(tag("rect", told, class_=kind, x=str(at), y="0", width=str(wide), height=str(HIGH)))
        at += wide
    said = ", ".join(f"{name} {rows:,}" for _, name, rows in parts)
    return _svg(f"Rows: {said}", max(at, WIDE), HIGH, "".join(drawn), class_="coverage", preserveAspectRatio="none")


def diverging(sure: Decimal, inferred: Decimal, most: Decimal) -> str:
    """Draw a difference to the right where it is against the customer, else to the left; hatched where inferred."""
    at = {1: HALF, -1: HALF}
    drawn = [f'<path class="axis" d="M{HALF} 0V{THICK}"/>']
    for kind, value in (("sure", sure), ("hatched", inferred)):
        side, wide = (1 if value > 0 else -1), share(abs(value), most, HALF - 2)
        start = at[side] if side > 0 else at[side] - wide
        at[side] += side * wide
        if wide:
            drawn.append(f'<rect class="{kind}" x="{start}" y="1" width="{wide}" height="{THICK - 2}"/>')
    words = f"{amount(sure, signed=True)} on documented, {amount(inferred, signed=True)} on inferred prices"
    return _svg(words, 2 * HALF, THICK, "".join(drawn), class_="bar")


def by_day(days: Sequence[tuple[str, Decimal, int]]) -> str:
    """Draw the findings of each day below its charges: the name of the day, credits charged, findings."""
    most_charged, most_found = max(each[1] for each in days), max(each[2] for each in days)
    step = max((ACROSS - 2 * LEFT) // len(days), 1)
    wide, floor = max(step - min(2, step // 4), 1), TOP + CHARGED
    drawn = [
        _label(LEFT, 12, f"credits charged, at most {amount(most_charged)}"),
        _label(LEFT, floor + GAP - 8, f"findings, at most {most_found:,}"),
    ]
    for place, (name, charged, found) in enumerate(days):
        at = LEFT + place * step
        high, deep = share(charged, most_charged, CHARGED), share(found, most_found, FOUND)
        told = tag("title", f"{text(name)}: {amount(charged)} credits, {found:,} findings")
        bars = [f'<rect class="charged" x="{at}" y="{floor - high}" width="{wide}" height="{high}"/>'] if high else []
        bars += [f'<rect class="found" x="{at}" y="{floor + GAP}" width="{wide}" height="{deep}"/>'] if deep else []
        drawn.append(tag("g", f"{told}{''.join(bars)}"))
    end, high = LEFT + len(days) * step, floor + GAP + FOUND + 20
    drawn.append(f'<path class="axis" d="M{LEFT} {floor}H{end}M{LEFT} {floor + GAP}H{end}"/>')
    drawn.append(_label(LEFT, high - 4, days[0][0]))
    if len(days) > 1:
        drawn.append(_label(max(end, LEFT + 200), high - 4, days[-1][0], end=True))
    said = f"Findings below the credits charged, from {days[0][0]} to {days[-1][0]}; the table below has each number"
    return _svg(said, max(end + LEFT, ACROSS // 2), high, "".join(drawn), class_="days")


def shade(value: int, most: int) -> str:
    """Return the class of a cell in a heat table."""
    return f"h{share(value, most, SHADES)}" if value else ""


def pattern() -> str:
    """Write the hatching that bars of inferred prices have."""
    lines = '<rect class="back" width="6" height="6"/><path class="line" d="M0 0L6 6M-1 5L1 7M5 -1L7 1"/>'
    inner = tag("pattern", lines, id="hatch", width="6", height="6", patternUnits="userSpaceOnUse")
    return tag("svg", f"<defs>{inner}</defs>", class_="defs", width="0", height="0", aria_hidden="true")


def key(parts: Iterable[tuple[str, str]]) -> str:
    """Write what the classes of a chart mean."""
    swatch = '<svg width="22" height="10" aria-hidden="true"><rect class="{}" width="22" height="10"/></svg> {}'
    return tag("p", " ".join(tag("span", swatch.format(kind, text(name))) for kind, name in parts), class_="key")


def _label(x: int, y: int, words: str, *, end: bool = False) -> str:
    return tag("text", text(words), x=str(x), y=str(y), **({"text_anchor": "end"} if end else {}))


def _svg(said: str, width: int, height: int, inner: str, **attributes: str) -> str:
    """Write a drawing with what it says in words."""
    return tag("svg", inner, viewBox=f"0 0 {width} {height}", role="img", aria_label=said, **attributes)
