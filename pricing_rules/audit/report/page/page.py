"""The page as a whole: its first screen, its parts, and the template that they stand in."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from shlex import join
from typing import Any

from attrs import evolve

from pricing_rules.audit.report.findings import Finding
from pricing_rules.audit.report.page import charts, parts
from pricing_rules.audit.report.page.cells import amount, number, row, table, tag, text
from pricing_rules.audit.report.words import verdict_of

MOST_EXAMPLES = 20
MOST_BYTES = 290_000
MOST_SOURCES = 5
TEMPLATE = Path(__file__).with_name("page.html")


def page(
    title: str, figures: Mapping[str, Any], examples: Mapping[str, Sequence[Finding]], *, masked: bool = False
) -> str:
    """Write the report of an audit as a page, in under 300 kB.

    Args:
        title: the name of the service.
        figures: the report, JSON-ready.
        examples: the largest findings of each kind.
        masked: call accounts by a number.
    """
    names = _names(figures, masked=masked)
    own = {kind: [_called(each, names, masked=masked) for each in found] for kind, found in examples.items()}
    options = {
        **figures["options"],
        **({"account": "one account"} if masked and "account" in figures["options"] else {}),
    }
    most, found = MOST_EXAMPLES, ""
    while not found or (len(found.encode()) > MOST_BYTES and most):
        found = _filled(title, {**figures, "options": options}, own, names, most)
        most //= 2
    return found


def _names(figures: Mapping[str, Any], *, masked: bool) -> dict[str, str]:
    """Return what the accounts of a report are called on the page."""
    listed = [each["account"] for each in figures["by_account"] if each["account"] is not None]
    return {name: f"account {place}" if masked and name else name for place, name in enumerate(listed, 1)}


def _called(finding: Finding, names: Mapping[str, str], *, masked: bool) -> Finding:
    if not masked or finding.account is None:
        return finding
    return evolve(finding, account=names.get(finding.account, "another account"))


def _filled(
    title: str,
    figures: Mapping[str, Any],
    examples: Mapping[str, Sequence[Finding]],
    names: Mapping[str, str],
    most: int,
) -> str:
    command = join(["pricing-rules", "audit", *map(str, figures["sources"][:MOST_SOURCES]), "--service",
                    figures["service"], "--out", "findings.csv"])  # fmt: skip
    body = "".join((
        first(title, figures),
        parts.money(figures),
        parts.findings(figures, examples, most, command),
        parts.models(figures),
        parts.days(figures),
        parts.accounts(figures, names),
        parts.left_out(figures),
        parts.basis(figures),
    ))  # fmt: skip
    return wrapped(f"Audit of {title}", charts.pattern() + body)


def wrapped(title: str, body: str) -> str:
    """Write a page around a body that is written already."""
    markup, style, policy = _template()
    explain = tag("code", "pricing-rules explain LOG TASK")
    named = {"POLICY": policy, "STYLE": style, "TITLE": text(title, 200), "BODY": body, "EXPLAIN": explain}
    return re.sub("@([A-Z]+)@", lambda mark: named[mark[1]], markup)


@cache
def _template() -> tuple[str, str, str]:
    """Return the markup, the style, and the policy that lets nothing but this style in."""
    style = TEMPLATE.with_suffix(".css").read_text(encoding="utf-8").strip()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return TEMPLATE.read_text(encoding="utf-8"), style, policy


def about(figures: Mapping[str, Any]) -> str:
    """Write what was audited: the files, the days, the catalog."""
    sources = figures["sources"]
    files = ", ".join(text(name) for name in sources[:MOST_SOURCES])
    more = f" and {len(sources) - MOST_SOURCES:,} more" if len(sources) > MOST_SOURCES else ""
    days = [each["day"] for each in figures["by_day"] if each["day"]]
    period = f"{days[0]} to {days[-1]} · " if days else ""
    return f"{period}catalog of {text(figures['catalog_version'])} · {files}{more}"


def first(title: str, figures: Mapping[str, Any]) -> str:
    """Write the first screen: what was not checked, the verdict, the tiles, what became of the rows."""
    found, code = sum(figures["counts"].values()), figures["exit_code"]
    badge = ("bad", f"{found:,} finding{'' if found == 1 else 's'}") if found else (
        ("warn", "incomplete") if code else ("good", "clean"))  # fmt: skip
    heading = f"<h1>Audit of {text(title, 100)} {tag('span', badge[1], class_=f'badge {badge[0]}')}</h1>"
    verdict = tag("p", text(verdict_of(figures), 600), class_="verdict")
    tiles = tag("div", "".join(_tiles(figures)), class_="tiles")
    what = tag("p", about(figures), class_="about")
    inner = (heading, what, _not_checked(figures), verdict, tiles, _coverage(figures))
    return tag("section", "".join(inner), class_="card first", id="verdict")


def _not_checked(figures: Mapping[str, Any]) -> str:
    lines = "".join(
        f"<li><b>{text(each['name'])}</b>: {text(each['why'], 300)}</li>" for each in figures["not_checked"]
    )
    return tag("div", f"<p><b>Not checked</b></p><ul>{lines}</ul>", class_="note") if lines else ""


def _tiles(figures: Mapping[str, Any]) -> Iterator[str]:
    questions = Decimal(figures["totals"]["inferred"]["difference"])
    yield _balance("Owed to customers", "owed_to_customers", figures)
    yield _balance("Lost by the service", "lost_by_service", figures)
    rest = "credits: questions, not losses"
    yield tile("Of it on inferred prices", questions, "totals.inferred.difference", rest, signed=True)
    rows = f"rows read, {figures['rows_judged']:,} judged"
    yield tile("Looked at", str(figures["rows_read"]), "rows_read", rows)


def _balance(name: str, which: str, figures: Mapping[str, Any]) -> str:
    told = figures[which]
    return side(
        name, told["credits"], told["rows_not_known"], f"{which}.credits", f"credits on {told['tasks']:,} tasks"
    )


def side(name: str, value: str | Decimal, left: int, figure: str, unit: str) -> str:
    """Write what is owed or lost; where the status of some rows is not known, never that it is nothing."""
    if left and not Decimal(value):
        inner = f"<span>{name}</span><strong>not known</strong><small>on {left:,} rows</small>"
        return tag("div", inner, class_="tile")
    return tile(name, value, figure, f"{unit}, not known on {left:,} rows" if left else unit)


def tile(name: str, value: str | Decimal, figure: str, unit: str, *, signed: bool = False) -> str:
    """Write one large number with what it is."""
    big = number(amount(value, signed=signed), figure, "strong")
    return tag("div", f"<span>{name}</span>{big}<small>{unit}</small>", class_="tile")


def _coverage(figures: Mapping[str, Any]) -> str:
    """Write what became of the rows: a bar and its table."""
    malformed, filtered = (sum(figures[state].values()) for state in ("malformed", "filtered"))
    listed = (("judged", "judged", figures["rows_judged"]), ("malformed", "malformed", malformed),
              ("filtered", "filtered", filtered))  # fmt: skip
    drawn = [each for each in listed if each[2]]
    swatch = '<svg width="12" height="12" aria-hidden="true"><rect class="{}" width="12" height="12"/></svg> {}'
    rows = [row((number(f"{rows:,}", f"rows.{kind}"),), swatch.format(kind, name)) for kind, name, rows in listed]
    bar = charts.coverage(drawn) if drawn else ""
    return f"{bar}{table('What became of the rows', ('rows', 'number'), rows, ('number',))}"
