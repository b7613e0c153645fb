"""`pricing-rules validate`: whether requests are allowed, one body or a file of lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click
from attrs import frozen
from rich.console import RenderableType
from rich.text import Text

from pricing_rules.answers import Violation
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput, parsed, read_body, read_lines
from pricing_rules.cli.command import REFUSED, UNREADABLE, at_option, endpoint_option, examples, with_catalogs
from pricing_rules.cli.faults import about, fault_list, invalid
from pricing_rules.cli.services import SeveralServices, catalog_of_request
from pricing_rules.cli.terminal import show, show_json, styled
from pricing_rules.request.validate import validate
from pricing_rules.serialization import as_dict

MISUSED = 2
EXIT_CODES = {"unreadable": UNREADABLE, "undecided": MISUSED, "invalid": REFUSED}  # the worst first
VERDICT_STYLES = {"valid": "green", "invalid": "bold red", "unreadable": "bold red", "undecided": "bold yellow"}


@frozen
class Judgment:
    """What is said about a line: the verdict, all of it for programs, and for people a head and the faults."""

    verdict: str
    document: dict[str, Any]
    head: Text
    faults: Iterable[RenderableType] = ()


@click.command(
    "validate",
    epilog=examples(
        "pricing-rules validate request.json",
        "pricing-rules validate requests.jsonl --json",
    ),
)
@click.argument("file", metavar="FILE|-")
@click.option("--lines", is_flag=True, help="Judge every line as a request, whatever the name of the file.")
@endpoint_option
@at_option
@with_catalogs
def validate_command(
    catalogs: tuple[Catalog, ...],
    file: str,
    endpoint: str | None,
    at: datetime | None,
    *,
    lines: bool,
    as_json: bool,
) -> int:
    """Tell whether requests are allowed, with every fault.

    FILE holds one JSON body, or one in each line if it ends in .jsonl; - is standard input.
    """
    if lines or file.endswith(".jsonl"):
        return _judge_lines(catalogs, file, endpoint, at, as_json=as_json)
    body = read_body(file)
    catalog = catalog_of_request(catalogs, body, endpoint)
    violations = validate(catalog, body, endpoint=endpoint, at=at)
    if as_json:
        show_json(_document(catalog, violations))
    elif violations:
        show(*invalid(catalog, body, violations, at))
    else:
        show(Text.assemble(("Valid", "bold green"), ": ", about(catalog, body)))
    return REFUSED if violations else 0


def _judge_lines(
    catalogs: tuple[Catalog, ...], file: str, endpoint: str | None, at: datetime | None, *, as_json: bool
) -> int:
    counts: Counter[str] = Counter()
    for number, line in read_lines(file):
        judgment = _judged(catalogs, line, endpoint, at)
        counts[judgment.verdict] += 1
        if as_json:
            show_json({"line": number, **judgment.document}, indent=None)
        else:
            verdict = (judgment.verdict, VERDICT_STYLES[judgment.verdict])
            head = Text.assemble((f"line {number}: ", "dim"), verdict, ", ", judgment.head)
            show(head, wrap=False)
            if judgment.verdict == "invalid":
                show(*judgment.faults)
    if not as_json:
        show(_summary(counts))
    return next((code for verdict, code in EXIT_CODES.items() if counts[verdict]), 0)


def _judged(catalogs: tuple[Catalog, ...], line: bytes, endpoint: str | None, at: datetime | None) -> Judgment:
    try:
        body = parsed(line)
        catalog = catalog_of_request(catalogs, body, endpoint)
    except (UnreadableInput, SeveralServices) as fault:
        verdict = "unreadable" if isinstance(fault, UnreadableInput) else "undecided"
        return Judgment(verdict, {"error": type(fault).__name__, "message": str(fault)}, styled(str(fault)))
    violations = validate(catalog, body, endpoint=endpoint, at=at)
    verdict = "invalid" if violations else "valid"
    return Judgment(verdict, _document(catalog, violations), about(catalog, body), fault_list(violations))


def _document(catalog: Catalog, violations: Sequence[Violation]) -> dict[str, Any]:
    listed = [as_dict(violation) for violation in violations]
    return {"service": catalog.id, "valid": not violations, "violations": listed}


def _summary(counts: Counter[str]) -> str:
    told = [verdict for verdict in VERDICT_STYLES if counts[verdict] or verdict != "undecided"]
    return f"{counted(counts.total(), 'line')}: {', '.join(f'{counts[verdict]:,} {verdict}' for verdict in told)}"
