"""The parts of the page below its first screen, each from the figures of the report as its JSON has them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pricing_rules.audit.report.findings import Finding
from pricing_rules.audit.report.page import charts
from pricing_rules.audit.report.page.cells import (
    amount,
    cell,
    details,
    known,
    number,
    row,
    scrolled,
    section,
    table,
    tag,
    text,
)
from pricing_rules.audit.report.words import PARTS, WORDS

Figures = Mapping[str, Any]
MOST_MODELS, MOST_ACCOUNTS, MOST_DAYS, MOST_MONTHS = 60, 20, 92, 120
SUMS = ("charged", "expected", "difference", "refunded", "refund difference", "findings")
EVIDENCE = ("task", "account", "model", "accepted", "charged", "expected", "refunded", "delta", "why")


def money(figures: Figures) -> str:
    """Write the charges by what is known of their prices."""
    totals, headings = figures["totals"], ("price", "rows", "charged", "expected", "difference")
    rows = [_sums(name, title, totals[name]) for name, title in PARTS.items() if totals[name]["rows"]]
    every = totals["all"]
    blank, refunds = "<td></td>", number(amount(every["refunded"]), "totals.all.refunded")
    rows.append(row((blank, refunds, blank, _due(every, "totals.all")), "refunds"))
    return section("Money", table("Credits by what is known of their price", headings, rows, headings[1:]))


def _sums(part: str, title: str, sums: Figures) -> str:
    figure, is_priced = f"totals.{part}", part not in ("no_price", "not_checked")
    expected = _range(sums["expected_low"], sums["expected_high"]) if is_priced else ""
    cells = (
        number(f"{sums['rows']:,}", f"{figure}.rows"),
        number(amount(sums["charged"]), f"{figure}.charged"),
        tag("td", expected, class_="num"),
        number(amount(sums["difference"], signed=True), f"{figure}.difference") if is_priced else "<td></td>",
    )
    return row(cells, text(title))


def _range(low: str, high: str) -> str:
    return amount(low) if low == high else f"{amount(low)} to {amount(high)}"


def findings(figures: Figures, examples: Mapping[str, Sequence[Finding]], most: int, command: str) -> str:
    """Write the findings by kind, and the largest of each kind as evidence."""
    kinds = figures["by_kind"]
    if not kinds:
        return section("Findings", tag("p", "None."))
    headings = ("finding", "rows", "credits", "in words")
    listed = sorted(kinds.items(), key=lambda each: (-each[1]["rows"], each[0]))
    about = "Credits with a sign are the difference, against the customer where it is above 0; others were charged."
    summary = table("Findings by kind", headings, [_kind(kind, each) for kind, each in listed], headings[1:3])
    evidence = "".join(_evidence(kind, kinds[kind], examples[kind][:most]) for kind, _ in listed)
    every = tag("p", f"All of them, one a line: <code>{text(command, 300)}</code>")
    return section("Findings", f"{summary}{evidence}{every}", about)


def _kind(kind: str, each: Figures) -> str:
    figure = "charged" if each["delta"] is None else "delta"
    credits_ = amount(each[figure], signed=figure == "delta")
    cells = (number(f"{each['rows']:,}", f"by_kind.{kind}.rows"), number(credits_, f"by_kind.{kind}.{figure}"))
    return row((*cells, cell(WORDS[kind], 80)), kind)


def _evidence(kind: str, each: Figures, examples: Sequence[Finding]) -> str:
    rows = [row(_cells(finding)) for finding in examples]
    shown = f"the {len(rows)} largest of {each['rows']:,}" if each["rows"] > len(rows) else f"{len(rows):,}"
    return details(f"<b>{kind}</b>: {shown}", table(f"{kind}: {shown}", EVIDENCE, rows, EVIDENCE[4:8]))


def _cells(finding: Finding) -> Iterator[str]:
    yield tag("td", tag("code", text(finding.task_id or finding.entry_id or "", 40)))
    yield cell(finding.account or "", 30)
    yield cell(finding.model or "", 40)
    yield cell(f"{finding.created_at:%Y-%m-%d %H:%M}" if finding.created_at else "")
    yield tag("td", amount(finding.charged), class_="num")
    low, high = finding.expected_low, finding.expected_high
    yield tag("td", "" if low is None or high is None else _range(str(low), str(high)), class_="num")
    yield tag("td", amount(finding.refunded), class_="num")
    yield tag("td", amount(finding.delta, signed=True), class_="num")
    basis = "" if finding.basis is None else " " + tag("span", finding.basis, class_=f"badge {finding.basis}")
    yield tag("td", f"{text(finding.why, 110)}{basis}", class_="why")


def models(figures: Figures) -> str:
    """Write what was charged and expected by model, with a bar of the difference."""
    found = sorted(figures["by_model"], key=_by_difference)
    most = max((abs(Decimal(each["difference"])) for each in found), default=Decimal(0))
    most = max((most, *(abs(part) for each in found for part in _differences(each))))
    rows = [_model(each, most) for each in found[:MOST_MODELS]]
    headings = ("model", "rows", "charged", "expected", "difference", "by basis", "refund difference", "findings")
    more = f"<p>and {len(found) - MOST_MODELS:,} more models.</p>" if len(found) > MOST_MODELS else ""
    key = charts.key((("sure", "documented prices"), ("hatched", "inferred prices: questions, not losses")))
    about = "To the right: more was charged than expected. To the left: less."
    parts = f"{table('Credits by model', headings, rows, (*headings[1:5], *headings[6:]))}{key}{more}"
    return section("By model", parts, about)


def _by_difference(each: Figures) -> tuple[Decimal, int, str]:
    return -abs(Decimal(each["difference"])), -each["findings"], str(each["model"])


def _differences(each: Figures) -> tuple[Decimal, Decimal]:
    inferred = Decimal(each["difference_inferred"])
    return Decimal(each["difference"]) - inferred, inferred


def _model(each: Figures, most: Decimal) -> str:
    figure = f"by_model.{text(each['model'] or '')}"
    cells = (
        number(f"{each['rows']:,}", f"{figure}.rows"),
        number(amount(each["charged"]), f"{figure}.charged"),
        tag("td", _range(each["expected_low"], each["expected_high"]), class_="num"),
        number(amount(each["difference"], signed=True), f"{figure}.difference"),
        tag("td", charts.diverging(*_differences(each), most)),
        _due(each, figure),
        number(f"{each['findings']:,}", f"{figure}.findings"),
    )
    return row(cells, text(each["model"] or "unknown models"))


def _due(sums: Figures, figure: str) -> str:
    return known(sums["refund_difference"], sums["rows_not_known"], f"{figure}.refund_difference", signed=True)


def days(figures: Figures) -> str:
    """Write the findings under the charges by day, then by day and kind; by month or year where there are many days."""
    dated = [each["day"] for each in (*figures["by_day"], *figures["findings_by_day"]) if each["day"]]
    if not dated:
        return ""
    sizes = ((10, MOST_DAYS), (7, MOST_MONTHS), (4, len(dated)))
    size = next(size for size, most in sizes if _spans(dated, size) <= most)
    unit = {10: "day", 7: "month", 4: "year"}[size]
    charged, found = _bundled(figures["by_day"], "charged", size), _kinds(figures["findings_by_day"], size)
    names = sorted({*charged, *found} - {""})
    told = [(name, charged.get(name, Decimal(0)), sum(found.get(name, {}).values())) for name in names]
    chart = scrolled(f"Findings by {unit}", charts.by_day(told))
    heat = _heat([*names, *([""] if "" in {*charged, *found} else [])], charged, found, unit)
    return section(f"By {unit}", f"{chart}{heat}", "In UTC, by when a task was accepted.")


def _spans(dated: Sequence[str], size: int) -> int:
    return len({day[:size] for day in dated})


def _bundled(by_day: Sequence[Figures], name: str, size: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for each in by_day:
        key = (each["day"] or "")[:size]
        found[key] = found.get(key, Decimal(0)) + Decimal(each[name])
    return found


def _kinds(by_day: Sequence[Figures], size: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for each in by_day:
        kinds = found.setdefault((each["day"] or "")[:size], {})
        for kind, rows in each.items():
            if kind != "day":
                kinds[kind] = kinds.get(kind, 0) + rows
    return found


def _heat(names: Sequence[str], charged: Mapping[str, Decimal], found: Mapping[str, Figures], unit: str) -> str:
    kinds = [kind for kind in WORDS if any(kind in each for each in found.values())]
    most = {kind: max(each.get(kind, 0) for each in found.values()) for kind in kinds}
    rows = []
    for name in names:
        sum_ = number(amount(charged.get(name, Decimal(0))), f"{unit}.{name}.charged")
        rows.append(row((sum_, *_shaded(found.get(name, {}), most)), name or "undated"))
    headings = (unit, "charged", *kinds)
    return table(f"Findings by {unit} and kind", headings, rows, headings[1:])


def _shaded(found: Figures, most: Mapping[str, int]) -> Iterator[str]:
    for kind, highest in most.items():
        rows = found.get(kind, 0)
        yield tag("td", f"{rows:,}" if rows else "", class_=f"num {charts.shade(rows, highest)}".strip())


def accounts(figures: Figures, names: Mapping[str, str]) -> str:
    """Write the accounts with most findings; `names` are what they are called here."""
    found = figures["by_account"]
    if not found:
        return ""
    left = any(each["rows_not_known"] for each in found)
    headings = ("account", "rows with findings", "owed", "lost", *(["rows not known"] if left else []))
    rows = [_account(names.get(each["account"] or "", ""), f"by_account.{place}", each, left=left)
            for place, each in enumerate(found[:MOST_ACCOUNTS])]  # fmt: skip
    rest = len(found) - len(rows)
    more = f"<p>and {rest:,} more{' lines' if rest > 1 else ' line'} in the JSON of the report.</p>" if rest > 0 else ""
    return section("By account", table("Accounts with most findings", headings, rows, headings[1:]) + more)


def _account(name: str, figure: str, each: Figures, *, left: bool) -> str:
    cells = (
        number(f"{each['rows']:,}", f"{figure}.rows"),
        *(known(each[side], each["rows_not_known"], f"{figure}.{side}") for side in ("owed", "lost")),
        *([number(f"{each['rows_not_known']:,}", f"{figure}.rows_not_known")] if left else []),
    )
    return row(cells, text("all others" if each["account"] is None else name or "no account"))


def left_out(figures: Figures) -> str:
    """Write the rows that were not judged, and why."""
    rows = [
        row((cell(state), number(f"{rows:,}", f"{state}.{reason}")), text(reason))
        for state in ("malformed", "filtered")
        for reason, rows in figures[state].items()
    ]
    if not rows:
        return ""
    about = "A malformed row cannot be read, by the column that cannot be; a filtered one was not asked for."
    return section(
        "Rows that were not judged", table("Rows by reason", ("reason", "what", "rows"), rows, ("rows",)), about
    )


def basis(figures: Figures) -> str:
    """Write what the figures rest on: words that are not known, assumptions, options."""
    unknown = [_word(place, each) for place, each in enumerate(figures.get("unknown", ())[:MOST_ACCOUNTS])]
    words = table("Words that are not known", ("word", "of a", "nearest", "rows"), unknown, ("rows",))
    listed = [words] if unknown else []
    for name, title in (("assumed", "Assumptions"), ("options", "Options")):
        told = figures.get(name, {}).items()
        pairs = "".join(f"<dt>{text(key)}</dt><dd>{text(value, 200)}</dd>" for key, value in told)
        listed.append(f"<h3>{title}</h3>" + (tag("dl", pairs) if pairs else tag("p", "None.")))
    return section("What the figures rest on", "".join(listed))


def _word(place: int, each: Figures) -> str:
    cells = (cell(each["of"]), cell(each["nearest"] or ""), number(f"{each['rows']:,}", f"unknown.{place}.rows"))
    return row(cells, text(each["word"] or "none"))
