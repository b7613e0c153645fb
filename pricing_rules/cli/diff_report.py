"""The changes of a tariff for people: by what they do to callers, models with equal changes told once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from pricing_rules.answers import Limit, Parameters, with_unit, written
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import current_instant
from pricing_rules.spelling import listed, printable
from pricing_rules.tariffs import Change

SECTIONS = {
    "refuses": "Refused from now on",
    "unprices": "Without a price from now on",
    "costs_more": "Prices",
    "costs_less": "Prices",
    "rewrites": "Rewritten past",
    "accepts": "Accepted from now on",
    "prices": "With a price from now on",
    "answers": "Answers",
    "says": "Words",
    "none": "Noticed by no request",
}
PHRASES = {
    "max_items": "at most {} items",
    "max_length": "at most {} characters",
    "min_length": "at least {} characters",
    "maximum": "at most {}",
    "minimum": "at least {}",
    "one_of": "{}",
}
MAX_MODELS = 3  # named on a line of a terminal
MAX_TEXT = 24
COSTS = ("costs_more", "costs_less")
ARROW = "->"


@frozen
class Told:
    """A change, with all the models that it is about."""

    change: Change
    models: tuple[str, ...]


def told_once(changes: Iterable[Change]) -> tuple[Told, ...]:
    """Join the equal changes of several models, with the example of the first."""
    found: dict[Change, tuple[Change, list[str]]] = {}
    for change in changes:
        _, models = found.setdefault(evolve(change, model=None, example=None), (change, []))
        models += [change.model] if change.model else []
    return tuple(Told(change, tuple(models)) for change, models in found.values())


def as_text(old: Catalog, told: Sequence[Told], code: int) -> Iterator[str]:
    """Yield the lines of a report for a terminal."""
    for heading, group in _sections(told):
        yield heading
        for each in group:
            yield f"  {_line(old, each, _few(each.models))}"
            yield from (f"      {text}" for text in (_example(each.change),) if text)
    yield _summary(told, code)


def as_markdown(old: Catalog, told: Sequence[Told], code: int) -> str:
    """Return a report in Markdown, such as for a comment on a change of a catalog file."""
    lines: list[str] = []
    for heading, group in _sections(told):
        lines += [f"### {heading}", ""]
        for each in group:
            lines.append(f"- {_line(old, each, ', '.join(f'`{printable(model)}`' for model in each.models), mark='`')}")
            lines += [f"  - `{text}`" for text in (_example(each.change),) if text]
        lines.append("")
    return "\n".join((*lines, _summary(told, code), ""))


def _sections(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    for heading in dict.fromkeys(SECTIONS.values()):
        group = [each for each in told if SECTIONS[_section(each.change)] == heading]
        if group:
            yield heading, group


def _section(change: Change) -> str:
    return "rewrites" if change.rewrites and change.effect in COSTS else change.effect


def _line(old: Catalog, told: Told, models: str, mark: str = "") -> str:
    change = told.change
    path = f"{mark}{printable(change.path)}{mark}" if change.path and change.parameters is None else ""
    parts = [_when(change), models, path, _what(change)]
    line = "  ".join(filter(None, parts))
    past = f": logs before {_day(current_instant(old))} are judged anew" if change.rewrites else ""
    return f"{line}{past}"


def _what(change: Change) -> str:
    """Say what changed: a charge with its share, a limit, or the sentence."""
    if change.parameters is not None:
        share = _share(change.old, change.new)
        return "  ".join(
            filter(None, (_point(change.parameters), f"{_said(change.old)} {ARROW} {_said(change.new)}", share))
        )
    phrase = PHRASES.get(change.kind.rpartition(".")[2])
    if phrase and change.old is not None and change.new is not None:
        return f"{phrase.format(_said(change.old))} {ARROW} {_said(change.new)}"
    return printable(change.message)


def _point(parameters: Parameters) -> str:
    outputs = parameters.outputs
    parts = {"duration": parameters.duration, "resolution": parameters.resolution, "audio": parameters.audio}
    words = [with_unit(name, value) for name, value in parts.items() if value is not None]
    return " ".join([*words, *([] if outputs is None else [counted(outputs, "output")])])


def _share(old: Limit | None, new: Limit | None) -> str:
    """Write by what part of the old charge the new one differs: "+20.0%"."""
    if not isinstance(old, Decimal) or not isinstance(new, Decimal) or not old:
        return ""
    tenths = round(1000 * (Fraction(Fraction(new), Fraction(old)) - 1))
    return f"{'-' if tenths < 0 else '+'}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def _said(limit: Limit | None) -> str:
    match limit:
        case tuple():
            return listed(limit)
        case int() if not isinstance(limit, bool):
            return f"{limit:,}"
        case _:
            return printable(written(limit))


def _when(change: Change) -> str:
    since = f"from {_day(change.since)}" if change.since else ""
    return " ".join(filter(None, (since, f"until {_day(change.until)}" if change.until else "")))


def _day(instant: datetime) -> str:
    """Write an instant in UTC, as a date at midnight."""
    return instant.date().isoformat() if instant.timetz() == time(tzinfo=UTC) else instant.isoformat()


def _few(models: tuple[str, ...]) -> str:
    more = len(models) - MAX_MODELS
    named = ", ".join(map(printable, models[:MAX_MODELS]))
    return f"{named} and {more} more" if more > 0 else named


def _example(change: Change) -> str:
    """Write a request in one line, with long texts and lists cut."""
    return _short(json.loads(change.example)) if change.example else ""


def _short(part: Any) -> str:  # noqa: ANN401 -- any JSON value
    match part:
        case dict():
            return f"{{{', '.join(f'{json.dumps(name)}: {_short(inner)}' for name, inner in part.items())}}}"
        case list():
            return f"[{counted(len(part), 'item')}]"
        case str() if len(part) > MAX_TEXT:
            return '"…"'
        case _:
            return json.dumps(part)


def _summary(told: Sequence[Told], code: int) -> str:
    breaking = sum(each.change.effect in ("refuses", "unprices") for each in told)
    rewritten = sum(each.change.rewrites for each in told)
    if not told:
        return f"Nothing changes. Exit code {code}."
    return f"{breaking} breaking, {rewritten} rewritten, {len(told)} in all. Exit code {code}."
