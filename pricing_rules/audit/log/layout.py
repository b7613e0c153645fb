"""How the rows of a log are grouped: what a verdict depends on, as columns in SQL, and what is told of each row alone.

Columns with few different values stand in the group as they are and are read once for each, in Python. What differs on
every row is read here: an id is there or not, a time is reduced to its day and to the prices that had begun by then, a
length to the limit that it reaches.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from attrs import field, frozen

from pricing_rules.audit.log.dialect import Dialect, literal
from pricing_rules.audit.log.expressions import (
    DAY,
    WrongType,
    as_it_stands,
    count,
    count_or_items,
    instant,
    items,
    text,
)
from pricing_rules.audit.log.places import Found
from pricing_rules.audit.log.types import Raw
from pricing_rules.audit.meaning.outcomes import UNPARSED
from pricing_rules.audit.meaning.prices import starts
from pricing_rules.audit.meaning.record import AFTER, AMOUNTS, FIRST
from pricing_rules.audit.meaning.rules import sizes
from pricing_rules.audit.meaning.scope import Scope
from pricing_rules.catalog.columns import COLUMNS, MEASURES, Measure, Source, is_numeric
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog

FLAGS, DAY_OF = "k_flags", "k_day"
SIZES = ("references", "prompt_length")
TIMES = ("created_at", "updated_at")
OWN = ("task_id", "account", *TIMES, *SIZES)  # what differs on every row, and so is read in SQL
FEW = 32  # different sizes are few
LOGGED = "logged"  # the charge of a log beside that of a ledger


@frozen
class Key:
    """A column of the group: its name in SQL, the column of a usage record that it tells, and what of it counts."""

    name: str
    column: str
    measure: Measure = "value"


@frozen
class Layout:
    """How the rows of a part are grouped.

    Attributes:
        keys: what a verdict depends on, as columns of the group, those that tell amounts last.
        values: expressions over the rows of the part, by name.
        reduced: expressions over these values, by name.
        flags: for each bit of the flags, the columns that cannot be read where it is set.
        columns: canonical names of the columns that the log has.
        counts: whether the log can show a refund that was paid twice.
        sums: relation of what a ledger says of each task.
        amounts: the place of the first column of the group that tells an amount.
        charge: where among those that do the places of the charge stand.
    """

    keys: tuple[Key, ...]
    values: Mapping[str, str]
    reduced: Mapping[str, str]
    flags: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    counts: bool = False
    sums: str | None = None
    amounts: int = field(init=False)
    charge: slice = field(init=False)

    @amounts.default
    def _amounts(self) -> int:
        return sum(key.column not in (*AMOUNTS, LOGGED) for key in self.keys)

    @charge.default
    def _charge(self) -> slice:
        columns = [key.column for key in self.keys]
        return slice(columns.count(LOGGED), columns.count(LOGGED) + columns.count(AMOUNTS[0]))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns of the group."""
        return tuple(key.name for key in self.keys)

    @property
    def tells_refunds(self) -> bool:
        """Tell whether the log says what was charged and what of it was given back."""
        return "credits_used" in self.columns and not {"credits_refunded", "refund_count"}.isdisjoint(self.columns)

    @property
    def day(self) -> str:
        """Return the day on which a row was accepted, NULL where that is not told."""
        return DAY_OF if DAY_OF in self.reduced else "CAST(NULL AS BIGINT)"

    def own(self, column: str) -> str:
        """Return the value of a column that is told of each row alone."""
        return f"u_{column}" if f"u_{column}" in self.values else "NULL"

    def rows(self, relation: str) -> str:
        """Write the rows of a relation as they are read: the columns of the group and those of each row alone."""
        values = ", ".join(f"{text} AS {name}" for name, text in self.values.items())
        reduced = "".join(f", {text} AS {name}" for name, text in self.reduced.items())
        joined = f" LEFT JOIN {self.sums} d ON d.task_id = q.u_task_id" if self.sums else ""
        return f"SELECT q.*{reduced} FROM (SELECT {values} FROM ({relation}) r) q{joined}"


def layout(catalog: Catalog, found: Mapping[str, Found], scope: Scope, dialect: Dialect, parsed: str | None) -> Layout:
    """Write how the columns of a log are grouped.

    Raises:
        UnusableLog: a column has a type that cannot hold what it tells.
    """
    keys: list[Key] = []
    values: dict[str, str] = {}
    flags: dict[str, tuple[str, ...]] = {f"NOT {parsed}": (UNPARSED,)} if parsed else {}
    for name in (name for name in COLUMNS if name in found):
        places = found[name].places
        try:
            if name in OWN:
                read = [_own(name, *place, dialect) for place in places]
                values[f"u_{name}"] = read[0] if len(read) == 1 else f"COALESCE({', '.join(read)})"
                flags |= {f"{one} <> {other}": (name,) for one, other in combinations(read, 2)}
            else:
                own = tuple(Key(f"k_{name}_{place}", name, source.measure) for place, (_, source) in enumerate(places))
                stated = (as_it_stands(value, _held(catalog, name, source)) for value, source in places)
                values |= zip((key.name for key in own), stated, strict=True)
                keys += own
        except WrongType as wrong:
            raise UnusableLog(f"{name}: {wrong}") from None
    flags |= _broken(found)
    reduced = dict(_reduced(catalog, values, scope, dialect))
    keys += (Key(name, name.removeprefix("k_")) for name in reduced if name != DAY_OF)
    inner = {f"f_{number}": f"CASE WHEN {condition} THEN 1 ELSE 0 END" for number, condition in enumerate(flags)}
    accused = dict(zip((f"{name} = 1" for name in inner), flags.values(), strict=True)) | _wrong(values)
    bits = (f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(accused))
    keys.append(Key(FLAGS, FLAGS))
    reduced[FLAGS] = " + ".join(bits) or "0"
    ordered = sorted(keys, key=lambda key: key.column in AMOUNTS)
    return Layout(tuple(ordered), {**values, **inner}, reduced, tuple(accused.values()), tuple(found), _counts(found))


def _own(name: str, value: Raw, source: Source, dialect: Dialect) -> str:
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
        case _:
            return text(value)


def _held(catalog: Catalog, name: str, source: Source) -> str:
    """Return what a column holds, in words."""
    match COLUMNS[name].kind:
        case _ if source.measure == "flag":
            return "text"
        case "amount" | "count":
            return "a number"
        case "refund":
            return "an amount or a flag"
        case "tier" if is_numeric(catalog, name):
            return "a number"
        case _:
            return "text"


def _broken(found: Mapping[str, Found]) -> dict[str, tuple[str, ...]]:
    """Return when an object cannot be read, and the columns that it tells."""
    every = [(place.broken, name) for name, column in found.items() for place, _ in column.places if place.broken]
    return {broken: tuple(name for other, name in every if other == broken) for broken, _ in every}


def _wrong(values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return when a value of a row is none that its column can have."""
    times = {f"u_{name} < {FIRST} OR u_{name} >= {AFTER}": (name,) for name in TIMES if f"u_{name}" in values}
    return {**({"u_task_id IS NULL": ("task_id",)} if "u_task_id" in values else {}), **times}


def _reduced(catalog: Catalog, values: Mapping[str, str], scope: Scope, dialect: Dialect) -> Iterator[tuple[str, str]]:
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


def _counts(found: Mapping[str, Found]) -> bool:
    """Tell whether a log can show a refund that was paid twice: by its amount, or a count."""
    refunds = found["credits_refunded"].places if "credits_refunded" in found else ()
    return "refund_count" in found or any(
        source.measure != "flag" and value.family != "flag" for value, source in refunds
    )
