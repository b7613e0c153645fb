"""What differs on every row of a log, and what of it a verdict depends on.

An id is there or not, a time is reduced to its day and to the prices that had begun by then, a length to the limit that
it reaches.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pricing_rules.audit.log.dialect import Dialect, literal
from pricing_rules.audit.log.expressions import DAY, count, count_or_items, instant, items, text
from pricing_rules.audit.log.part import Raw
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.prices import starts
from pricing_rules.audit.meaning.reader import AFTER, FIRST
from pricing_rules.audit.meaning.rules import sizes
from pricing_rules.catalog.columns import MEASURES, Source
from pricing_rules.catalog.records import Catalog

DAY_OF = "k_day"
SIZES = ("references", "prompt_length")
TIMES = ("created_at", "updated_at")
OWN = ("task_id", "account", *TIMES, *SIZES)  # columns that differ on every row, and so are read in SQL
FEW = 32  # different sizes are few


def read_alone(name: str, value: Raw, source: Source, dialect: Dialect, *, alone: bool) -> str:
    """Write how a column is read that differs on every row."""
    match source.measure:
        case "items":
            return items(value, dialect)
        case "characters":
            return f"LENGTH({text(value)})"
        case _ if name in TIMES:
            return instant(value, dialect)
        case _ if MEASURES.get(name) == "items":
            return count_or_items(value, dialect)
        case _ if name in SIZES:
            return count(value, dialect)
        case _ if name == "task_id" and alone and value.family == "text":
            return value.expression
        case _:
            return text(value)


def impossible(values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return when a value of a row is none that its column can have."""
    times = {f"u_{name} < {FIRST} OR u_{name} >= {AFTER}": (name,) for name in TIMES if f"u_{name}" in values}
    missing = {"u_task_id IS NULL OR u_task_id = ''": ("task_id",)} if "u_task_id" in values else {}
    return {**missing, **times}


def reduced(catalog: Catalog, values: Mapping[str, str], scope: Scope, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield what a verdict depends on of the columns that differ on every row."""
    if "u_created_at" in values:
        instants = (*starts(catalog), *(instant for instant in (scope.since, scope.until) if instant is not None))
        if instants:
            yield "k_created_at", _begun(instants)
        yield DAY_OF, _dated(f"u_created_at - u_created_at % {DAY}")
    for name in SIZES:
        if f"u_{name}" in values:
            yield f"k_{name}", _reached(f"u_{name}", sizes(catalog, name))
    if scope.account is not None and "u_account" in values:
        yield "k_account", f"CASE WHEN u_account = {literal(scope.account, dialect)} THEN u_account END"


def _begun(instants: Sequence[int]) -> str:
    """Write the latest of some instants that had come when a task was accepted."""
    later = sorted({instant for instant in instants if instant > FIRST}, reverse=True)
    cases = " ".join(f"WHEN u_created_at >= {instant} THEN {instant}" for instant in later)
    return _dated(f"CASE {cases} ELSE {FIRST} END" if cases else str(FIRST))


def _dated(value: str) -> str:
    return f"CASE WHEN u_created_at >= {FIRST} AND u_created_at < {AFTER} THEN {value} END"


def _reached(size: str, limits: tuple[int, ...]) -> str:
    """Write the largest of some limits that a size reaches, few sizes as they are; -1 where it cannot be read."""
    if limits[-1] <= FEW:
        return f"CASE WHEN {size} > {limits[-1]} THEN {limits[-1]} ELSE {size} END"
    cases = " ".join(f"WHEN {size} < {after} THEN {limit}" for limit, after in pairwise((-1, *limits)))
    return f"CASE {cases} WHEN {size} >= {limits[-1]} THEN {limits[-1]} END"
