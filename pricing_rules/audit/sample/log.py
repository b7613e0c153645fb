"""A made-up usage log with faults at known places: the same rows for the same seed, whatever the engine's version."""

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import get_args

from attrs import frozen

from pricing_rules.audit.evidence.files import FORMATS, check_format
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.meaning.prices import starts
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.sample.requests import (
    SHAPE,
    TOO_LONG,
    Placed,
    all_places,
    no_length,
    paid_places,
    requests,
    verdicts,
)
from pricing_rules.audit.writing import writing
from pricing_rules.catalog.columns import MICROS
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, listed, shown

FAULTS = (
    "overcharged", "undercharged", "unpriced", "unknown_model", "unknown_status", "missing_refund", "repeated_refund",
    "wrong_refund", "refund_without_failure", "invalid_request", "malformed", "duplicate_task", "conflicting_task",
)  # fmt: skip
FAILING = ("missing_refund", "repeated_refund", "wrong_refund")  # only a failed task has these
COSTLY = ("undercharged", "unpriced", "refund_without_failure", *FAILING)  # only a task that costs something
PRIME, FACTOR, STEP = 2**61 - 1, 1_442_695_040_888_963, 6_364_136_223_846_793  # of the numbers that rows draw
SPACE = 4  # rows for each fault, at least
DAY = 86_400
MOST_ROWS, MOST_DAYS = 10**12, 3_650  # an id of a task has twelve digits
START = datetime(2026, 1, 1, tzinfo=UTC)
MEMORY = "1GB"  # what does not fit goes to disk


@frozen
class Planted:
    """What a sample log holds: its rows, and how many findings of each kind an audit of it makes."""

    rows: int
    findings: Mapping[str, int]


def sample(
    catalog: Catalog,
    rows: int,
    out: str | os.PathLike[str],
    *,
    seed: int = 0,
    faults: Mapping[str, int] | None = None,
    accounts: int = 1_000,
    days: int = 90,
    start: datetime = START,
) -> Planted:
    """Write a log of valid, rightly charged tasks with these faults among them.

    Args:
        catalog: the service's catalog.
        rows: how many, those with faults included.
        out: a file that ends in .parquet, .csv or .jsonl; written whole or not at all.
        seed: another one makes another log.
        faults: how many of each kind; without, one of each for every 10,000 rows.
        accounts: how many different ones.
        days: how many, from `start` on.
        start: first instant of the log, with its offset.

    Raises:
        TypeError: a number is none.
        UnusableLog: a number out of its range, a kind that there is not, more faults than a quarter of the rows, or no
            such format.
        OSError: the file cannot be written.
    """
    for name, value, most in (("rows", rows, MOST_ROWS), ("accounts", accounts, MOST_ROWS), ("days", days, MOST_DAYS)):
        _check_number(name, value, 1, most)
    form = check_format(str(out))
    first = (start - EPOCH) // timedelta(microseconds=1)
    asked = requests(catalog, first, first + days * DAY * MICROS)
    kinds = _kinds(catalog, asked)
    usual = dict.fromkeys(kinds, max(1, rows // 10_000) if rows >= SPACE * len(FAULTS) else 0)
    planted = usual if faults is None else {kind: number for kind, number in faults.items() if number}
    _check(rows, planted, kinds)
    _write(_query(catalog, asked, rows, seed, planted, (accounts, days, first)), str(out), FORMATS[form])
    found = {kind: number for kind, number in planted.items() if number}
    unasked = found.get("unpriced", 0) if "invalid_request" in kinds.get("unpriced", ()) else 0
    invalid = found.get("invalid_request", 0) + unasked
    return Planted(rows, {**found, **({"invalid_request": invalid} if invalid else {})})


def _kinds(catalog: Catalog, asked: tuple[Placed, ...]) -> dict[str, tuple[str, ...]]:
    """Return the faults that a log of this catalog can have, each with all findings that come with it."""
    paid, states = paid_places(asked), set(catalog.tasks.states.values())
    away = {kind for kind in COSTLY if not paid} | {kind for kind in FAILING if "failed" not in states}
    found: dict[str, tuple[str, ...]] = {kind: (kind,) for kind in FAULTS}
    changes = {"unpriced": {"duration": no_length(catalog)}, "invalid_request": {"prompt_length": TOO_LONG}}
    for kind, changed in changes.items():
        judged = verdicts(catalog, asked, changed)
        told = {tuple(each for each in verdict.kinds if each in changes) for verdict in judged}
        found[kind] = told.pop() if len(told) == 1 else ()
    return {kind: kinds for kind, kinds in found.items() if kind in kinds and kind not in away}


def _check(rows: int, faults: Mapping[str, int], kinds: Mapping[str, object]) -> None:
    for kind, number in faults.items():
        if kind not in FAULTS:
            raise UnusableLog(f"there is no fault {shown(kind)}.{hint(kind, FAULTS)}")
        _check_number(kind, number, 0, MOST_ROWS)
        if kind not in kinds:
            raise UnusableLog(f"no log of this catalog can have the fault {shown(kind)}, only {listed(kinds)}")
    every = sum(faults.values())
    if every * SPACE > rows:
        raise UnusableLog(f"{every:,} faults need a log of at least {every * SPACE:,} rows")


def _check_number(name: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} is a whole number, not {shown(value)}")
    if not least <= value <= most:
        raise UnusableLog(f"{name} is a number from {least} to {most:,}, not {shown(value)}")


def _write(query: str, out: str, form: str) -> None:
    import duckdb

    with writing(out) as partial, TemporaryDirectory(prefix="pricing-rules-", ignore_cleanup_errors=True) as folder:
        connection = duckdb.connect()
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {literal(folder)}")
        connection.execute(f"COPY ({query}) TO {literal(partial)} ({form})")


def _query(
    catalog: Catalog,
    asked: tuple[Placed, ...],
    rows: int,
    seed: int,
    faults: Mapping[str, int],
    spread: tuple[int, int, int],
) -> str:
    """Write the log: each row draws a number, which says what was asked for, when, by whom and how it ended."""
    accounts, days, first = spread
    places = all_places(asked)
    drawn_place = f"x % CASE WHEN kind IN {COSTLY} THEN {paid_places(asked) or places} ELSE {places} END"
    values = ", ".join(f"({edition}, {place}, {', '.join(map(literal, shape))})" for edition, place, shape in asked)
    kinds = [kind for kind, number in faults.items() for _ in range(number)]
    space = rows // len(kinds) if kinds else rows
    planted = ", ".join(f"({index * space + SPACE - 1}, {literal(kind)})" for index, kind in enumerate(kinds))
    edition = " + ".join(f"CASE WHEN created >= {start} THEN 1 ELSE 0 END" for start in starts(catalog)) or "0"
    drawn = (
        "SELECT g.i, f.kind, CASE WHEN f.kind IN ('duplicate_task', 'conflicting_task') THEN g.i - 1 ELSE g.i END AS n "
        f"FROM RANGE({rows}) g(i) LEFT JOIN (VALUES {planted or '(-1, NULL)'}) f(i, kind) ON f.i = g.i"
    )
    number = f"((CAST(n AS HUGEINT) * {STEP} + {seed % PRIME}) % {PRIME} * {FACTOR} + {seed % 1_000_003}) % {PRIME}"
    numbered = f"SELECT *, CAST({number} AS BIGINT) AS x FROM ({drawn}) d"
    timed = f"SELECT *, {first} + n * {days * DAY * MICROS // rows} AS created FROM ({numbered}) e"
    placed = f"SELECT *, {edition} AS edition, {drawn_place} AS place, x // 1009 % 1000 AS luck FROM ({timed}) t"
    return (
        f"SELECT {', '.join(_columns(catalog, accounts))} FROM ({placed}) p JOIN (VALUES {values}) "
        f"s(edition, place, {', '.join(SHAPE)}) ON s.edition = p.edition AND s.place = p.place ORDER BY i"
    )


def _columns(catalog: Catalog, accounts: int) -> Iterator[str]:
    created = "CASE WHEN kind = 'conflicting_task' THEN created + 1 ELSE created END"
    yield "CONCAT('task_', LPAD(CAST(n AS VARCHAR), 12, '0')) AS task_id"
    yield f"{literal(catalog.id)} AS service"
    unknown = literal(_unused("no-such-model", catalog.models))
    yield f"CASE WHEN kind = 'unknown_model' THEN {unknown} ELSE model END AS model"
    yield from _outcome(catalog)
    yield f"CAST({created} AS BIGINT) AS created_at"
    yield f"CAST({created} + (60 + x // 10007 % 600) * {MICROS} AS BIGINT) AS updated_at"
    yield f"CONCAT('account_', CAST(x // 31 % {accounts} AS VARCHAR)) AS account"
    yield "CAST(mode AS VARCHAR) AS mode"
    yield f"CAST(CASE WHEN kind = 'unpriced' THEN {no_length(catalog)} ELSE duration END AS BIGINT) AS duration"
    yield from ("resolution", *(["audio"] if any(price.audio for price in catalog.prices) else []))
    yield "CAST(outputs AS BIGINT) AS outputs"
    yield 'reference_count AS "references"'
    yield "aspect_ratio"
    yield (
        f"CAST(CASE WHEN kind = 'invalid_request' THEN {TOO_LONG} "
        "ELSE 2 + x // 101 % GREATEST(longest - 2, 1) END AS BIGINT) AS prompt_length"
    )


def _outcome(catalog: Catalog) -> Iterator[str]:
    """Yield how a task ended, what it was charged and what was refunded."""
    words: dict[State, str] = {}
    for word, state in catalog.tasks.states.items():
        words.setdefault(state, word)
    unit = int(catalog.credit.unit * MICROS)
    failing, unlucky = f"kind IN {FAILING}", 30 if "failed" in words else 0
    pending = unlucky + (5 if "pending" in words else 0)
    words = {state: literal(words.get(state, words["completed"])) for state in get_args(State)}
    completing = "kind IN ('overcharged', 'undercharged', 'refund_without_failure')"
    status = (
        f"CASE WHEN kind = 'unknown_status' THEN {literal(_unused('lost', catalog.tasks.states))} "
        f"WHEN {failing} THEN {words['failed']} WHEN {completing} THEN {words['completed']} "
        f"WHEN luck < {unlucky} THEN {words['failed']} WHEN luck < {pending} THEN {words['pending']} "
        f"ELSE {words['completed']} END"
    )
    failed = f"({failing} OR (luck < {unlucky} AND (kind IS NULL OR NOT ({completing} OR kind = 'unknown_status'))))"
    charged = (
        f"CASE kind WHEN 'overcharged' THEN credits + {unit} WHEN 'undercharged' THEN credits - {unit} "
        "WHEN 'malformed' THEN NULL ELSE credits END"
    )
    refunded = (
        "CASE kind WHEN 'missing_refund' THEN 0 WHEN 'repeated_refund' THEN 2 * credits "
        f"WHEN 'wrong_refund' THEN credits + {unit} WHEN 'refund_without_failure' THEN credits "
        f"ELSE CASE WHEN {failed} THEN credits ELSE 0 END END"
    )
    refunds = (
        "CASE kind WHEN 'missing_refund' THEN 0 WHEN 'repeated_refund' THEN 2 WHEN 'refund_without_failure' THEN 1 "
        f"ELSE CASE WHEN {failed} THEN 1 ELSE 0 END END"
    )
    yield f"{status} AS status"
    yield f"{_credits(catalog, charged)} AS credits_used"
    yield f"{_credits(catalog, refunded)} AS credits_refunded"
    yield f"CAST({refunds} AS BIGINT) AS refund_count"


def _credits(catalog: Catalog, micros: str) -> str:
    """Write an amount in credits: whole where the service charges whole ones."""
    if catalog.credit.unit.denominator == 1:
        return f"CAST(({micros}) // {MICROS} AS BIGINT)"
    return f"CAST(CAST({micros} AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6))"


def _unused(word: str, known: Collection[str]) -> str:
    """Return a word that is not known."""
    return next(each for each in (word, *map(f"{word}-{{}}".format, range(2, len(known) + 3))) if each not in known)
