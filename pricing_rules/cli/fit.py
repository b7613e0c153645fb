"""`pricing-rules fit`: the multipliers of a printed price table, and how far it leaves any choice."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import click
from attr import asdict
from rich.table import Table

from pricing_rules.amounts import fraction, parse
from pricing_rules.answers import Parameters, Value, with_unit, written
from pricing_rules.cli.bodies import UnreadableInput, read_text
from pricing_rules.cli.command import REFUSED, examples, with_errors
from pricing_rules.cli.terminal import show, show_json, styled, table_of, write
from pricing_rules.cli.toml import key_of, quoted
from pricing_rules.facts import Fit, NoFit, NoShortFit, Span, UnusableTable, fit
from pricing_rules.facts.fitting import MAX_RIVALS
from pricing_rules.facts.table import named
from pricing_rules.facts.typed import read_table
from pricing_rules.serialization import amount

MAX_BYTES = 100_000


def _amount(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Fraction | None:
    try:
        return None if text is None else parse(text)
    except ValueError as fault:
        raise click.BadParameter(str(fault)) from None


@click.command(
    "fit",
    epilog=examples(
        "pricing-rules fit page.csv",
        "pricing-rules fit page.csv --toml --model acme/film-1 --source video_prices >> acme.toml",
    ),
)
@click.argument("table", metavar="TABLE.csv|-")
@click.option("--outputs", metavar="N", type=click.IntRange(min=1), default=1, help="N outputs cost what N calls cost.")
@click.option("--base", metavar="B", callback=_amount, help="Credits before the multipliers; without, the first price.")
@click.option("--unit", metavar="U", default="1", callback=_amount, help="Charges are whole multiples of it: 1, 0.1.")
@click.option("--toml", is_flag=True, help="Print the [[prices]] table of a catalog.")
@click.option("--model", metavar="ID", default="new-model", help="With --toml: the model. Default: new-model.")
@click.option("--source", metavar="ID", default="prices", help="With --toml: its source. Default: prices.")
@with_errors
def fit_command(
    table: str,
    outputs: int,
    base: Fraction | None,
    unit: Fraction,
    model: str,
    source: str,
    *,
    toml: bool,
    as_json: bool,
) -> int:
    """Find the shortest multipliers that give every price of a TABLE, rounded up once.

    \b
    The table is wide:        or long:
      ,5,10,15                  resolution,duration,credits
      720p,30,60,90             720p,5,30
      1080p,45,89,133           720p,10,60

    The tiers of its first price have the multiplier 1. Exit codes: 1 no multipliers give it, or none so short; 2 wrong
    usage; 3 no table.
    """  # noqa: D301 -- click wants the character that the escape means
    try:
        cells = read_table(read_text(table, MAX_BYTES))
        found = fit(cells, unit=unit, outputs=outputs, base=base)
    except UnusableTable as error:
        raise UnreadableInput(f"{table}: {error}") from None
    except (NoFit, NoShortFit) as error:
        _tell(error, as_json=as_json)
        return REFUSED
    if as_json:
        show_json(_document(found))
    elif toml:
        write(as_toml(found, cells, model, source))
    else:
        base_line = styled(f"base {fraction(found.base)}", "bold")
        unpriced = (styled(f"{name} has no price.") for name in _unpriced(found, cells))
        show(base_line, _table(found.tiers), styled(_summary(found)), *unpriced)
    return 0


def as_toml(found: Fit, cells: Mapping[Parameters, Decimal], model: str, source: str) -> str:
    """Write the table of a price in a catalog."""
    lines = ["[[prices]]", f"models = [{quoted(model)}]", f"base = {_toml(fraction(found.base))}"]
    for name, spans in found.tiers:
        inner = ", ".join(f"{key_of(written(span.value))} = {_toml(span.text)}" for span in spans)
        lines.append(f"{name} = {{ {inner} }}")
    lines.append(f"source = {quoted(source)}")
    lines += [f"# {name} has no price: a rule across fields has to refuse it" for name in _unpriced(found, cells)]
    return "".join(f"{line}\n" for line in lines)


def _toml(amount: str) -> str:
    return amount if amount.isdigit() else quoted(amount)


def _table(tiers: tuple[tuple[str, tuple[Span, ...]], ...]) -> Table:
    table = table_of(("parameter", "tier", "multiplier", "could be"), ("multiplier",))
    for name, spans in tiers:
        for span in spans:
            table.add_row(*map(styled, (name, with_unit(name, span.value), span.text, interval(span))))
    return table


def interval(span: Span) -> str:
    """Write a span as an interval: "(22/15, 133/89)", with a square bracket where its end belongs to it."""
    return f"({fraction(span.above)}, {fraction(span.most)}{']' if span.attained else ')'}"


def _summary(found: Fit) -> str:
    match found.rivals:
        case 0:
            said = "No other multipliers are as short."
        case 1:
            said = "One other solution is as short; this one has fewer ratios, or larger multipliers."
        case many:
            count = f"{many} or more" if many == MAX_RIVALS else f"{many}"
            said = f"{count} other solutions are as short; this one has the fewest ratios, then larger multipliers."
    return said if found.proven else f"{said} Whether any are shorter was not found out."


def _unpriced(found: Fit, cells: Mapping[Parameters, Decimal]) -> Iterator[str]:
    """Yield the points that a price with these tiers has and the table has not."""
    tiers: dict[str, list[Value]] = {name: [span.value for span in spans] for name, spans in found.tiers}
    for values in product(*tiers.values()):
        point = dict(zip(tiers, values, strict=True))
        key = Parameters(point.get("duration"), point.get("resolution"), None, point.get("audio"))
        if key not in cells:
            yield named(key)


def _tell(error: NoFit | NoShortFit, *, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {"error": type(error).__name__, "message": str(error)}
        if isinstance(error, NoFit):
            told["cells"] = [{**asdict(key), "credits": amount(Decimal(price))} for key, price in error.cells.items()]
        else:
            told["spans"] = _spans(error.spans)
        show_json(told)
    elif isinstance(error, NoFit):
        show(styled(f"impossible: {error}"), wrap=False)
    else:
        show(styled(f"{error}:"), _table(error.spans))


def _document(found: Fit) -> dict[str, Any]:
    return {
        "base": fraction(found.base),
        "tiers": _spans(found.tiers),
        "rivals": found.rivals,
        "proven": found.proven,
    }


def _spans(tiers: tuple[tuple[str, tuple[Span, ...]], ...]) -> dict[str, list[dict[str, Any]]]:
    return {name: [span_document(span) for span in spans] for name, spans in tiers}


def span_document(span: Span) -> dict[str, Any]:
    """Return a span as JSON can hold it."""
    return {
        "value": span.value,
        "multiplier": span.text,
        "above": fraction(span.above),
        "most": fraction(span.most),
        "attained": span.attained,
    }
