"""How the rows of a log are grouped: what a verdict depends on, as columns in SQL, and what is told of each row alone.

Columns with few different values stand in the group as they are and are read once for each, in Python. What differs on
every row is read in SQL, and reduced to what a verdict depends on (`reduction`).
"""

from collections.abc import Mapping
from itertools import combinations

from attrs import field, frozen

from pricing_rules.audit.log.dialect import Dialect
from pricing_rules.audit.log.expressions import WrongType, as_it_stands
from pricing_rules.audit.log.part import Raw
from pricing_rules.audit.log.places import Found
from pricing_rules.audit.log.reduction import DAY_OF, OWN, SIZES, impossible, read_alone, reduced
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.outcomes import UNPARSED
from pricing_rules.audit.meaning.record import AMOUNTS, LOGGED
from pricing_rules.catalog.columns import COLUMNS, Kind, Measure, Source, is_numeric
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog

FLAGS = "k_flags"
HELD: Mapping[Kind, str] = {"amount": "a number", "count": "a number", "refund": "an amount or a flag"}  # others: text
NOTHING: Mapping[str, str] = {}


@frozen
class Key:
    """A column of the group: its name in SQL, the column of a usage record that it tells, and what of it counts.

    A number in text has `decimal` as its sign.
    """

    name: str
    column: str
    measure: Measure = "value"
    decimal: str = "."


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
        assumed: names of the columns that the log has not, and that are assumed to say something.
        found: the places of these columns.
        amounts: the place of the first column of the group that tells an amount.
        charge: where among those that do the places of the charge stand.
        has_commas: whether some numbers have a comma as their decimal sign.
    """

    keys: tuple[Key, ...]
    values: Mapping[str, str]
    reduced: Mapping[str, str]
    flags: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    counts: bool = False
    sums: str | None = None
    assumed: tuple[str, ...] = ()
    found: Mapping[str, Found] = field(factory=dict)
    amounts: int = field(init=False)
    charge: slice = field(init=False)
    has_commas: bool = field(init=False)

    @amounts.default
    def _amounts(self) -> int:
        return sum(key.column not in (*AMOUNTS, LOGGED) for key in self.keys)

    @charge.default
    def _charge(self) -> slice:
        columns = [key.column for key in self.keys]
        return slice(columns.count(LOGGED), columns.count(LOGGED) + columns.count(AMOUNTS[0]))

    @has_commas.default
    def _has_commas(self) -> bool:
        return any(key.decimal == "," for key in self.keys)

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

    @property
    def hashed(self) -> tuple[str, ...]:
        """Return the columns of the group that are told by few others: what stands in the log as it is, and sizes."""
        return tuple(name for name in self.names if name in self.values or name.removeprefix("k_") in SIZES)

    def rows_of(
        self, relation: str, columns: tuple[str, ...], hashes: str, dialect: Dialect, also: Mapping[str, str] = NOTHING
    ) -> str:
        """Write the rows of a relation whose group has one of some hashes of columns, as they are read.

        Nothing else is read before most rows are left out; `also` are more expressions over the rows, by name.
        """
        sizes = {name: f"pricing_rules_{name}" for name in SIZES if f"u_{name}" in self.values}
        sized = "".join(f", {self.values[f'u_{name}']} AS {own}" for name, own in sizes.items())
        told = {f"k_{name}": self.reduced[f"k_{name}"].replace(f"u_{name}", f"r.{own}") for name, own in sizes.items()}
        number = dialect.hash.format(", ".join(told.get(name) or self.values[name] for name in columns))
        return self.rows(_few(f"SELECT r.*{sized} FROM ({relation}) r", number, hashes), also)

    def rows_by_id(self, relation: str, hashes: str, dialect: Dialect, also: Mapping[str, str] = NOTHING) -> str:
        """Write the rows of a relation whose task has one of some hashes, as they are read."""
        return self.rows(_few(relation, dialect.hash.format(self.values["u_task_id"]), hashes), also)

    def rows_of_task(self, relation: str, task: str, also: Mapping[str, str]) -> str:
        """Write the rows of a relation whose task has an id, which is text in SQL, as they are read."""
        return self.rows(f"SELECT r.* FROM ({relation}) r WHERE {self.values['u_task_id']} = {task}", also)

    def own(self, column: str) -> str:
        """Return the value of a column that is told of each row alone."""
        return f"u_{column}" if f"u_{column}" in self.values else "NULL"

    def rows(self, relation: str, also: Mapping[str, str] = NOTHING) -> str:
        """Write the rows of a relation as they are read: the columns of the group and those of each row alone."""
        values = ", ".join(f"{text} AS {name}" for name, text in {**self.values, **also}.items())
        reduced = "".join(f", {text} AS {name}" for name, text in self.reduced.items())
        joined = f" LEFT JOIN {self.sums} d ON d.task_id = q.u_task_id" if self.sums else ""
        return f"SELECT q.*{reduced} FROM (SELECT {values} FROM ({relation}) r) q{joined}"


def _few(relation: str, number: str, hashes: str) -> str:
    """Write the rows of a relation of which a number, which is worked out beside them, is one of some hashes, `h`.

    Spark would work it out in one method too long to be compiled if it stood in the condition of the join.
    """
    every = f"SELECT r.*, {number} AS pricing_rules_hash FROM ({relation}) r"
    return f"SELECT y.* FROM ({every}) y JOIN {hashes} k ON k.h = y.pricing_rules_hash"


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
                read = [read_alone(name, *place, dialect, alone=len(places) == 1) for place in places]
                values[f"u_{name}"] = read[0] if len(read) == 1 else f"COALESCE({', '.join(read)})"
                flags |= {f"{one} <> {other}": (name,) for one, other in combinations(read, 2)}
            else:
                for place, (value, source) in enumerate(places):
                    keys.append(_key(catalog, f"k_{name}_{place}", name, value, source))
                    values[keys[-1].name] = as_it_stands(value, _held(catalog, name, source))
        except WrongType as wrong:
            raise UnusableLog(f"{name}: {wrong}") from None
        for broken in (value.broken for value, _ in places if value.broken):
            flags[broken] = (*flags.get(broken, ()), name)
    reductions = dict(reduced(catalog, values, scope, dialect))
    keys += (Key(name, name.removeprefix("k_")) for name in reductions if name != DAY_OF)
    accused = flags | impossible(values)
    bits = [f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(accused)]
    keys.append(Key(FLAGS, FLAGS))
    values["u_flags"] = " + ".join(bits[: len(flags)]) or "0"
    reductions[FLAGS] = " + ".join(("u_flags", *bits[len(flags) :]))
    ordered = sorted(keys, key=lambda key: key.column in AMOUNTS)
    return Layout(
        tuple(ordered),
        values,
        reductions,
        tuple(accused.values()),
        tuple(found),
        _counts(found),
        assumed=tuple(name for name, column in found.items() if column.assumed),
        found=found,
    )


def _key(catalog: Catalog, own: str, name: str, value: Raw, source: Source) -> Key:
    """Return a column of the group, whose values are read in Python."""
    is_number = name == "custom_multiplier" or _held(catalog, name, source) != "text"
    decimal = value.writing.decimal if is_number and value.family == "text" else "."
    return Key(own, name, source.measure, decimal)


def _held(catalog: Catalog, name: str, source: Source) -> str:
    """Return what a column holds, in words."""
    if source.measure == "flag":
        return "text"
    kind = COLUMNS[name].kind
    return "a number" if kind == "tier" and is_numeric(catalog, name) else HELD.get(kind, "text")


def _counts(found: Mapping[str, Found]) -> bool:
    """Tell whether a log can show a refund that was paid twice: by its amount, or a count."""
    refunds = found["credits_refunded"].places if "credits_refunded" in found else ()
    return "refund_count" in found or any(
        source.measure != "flag" and value.family != "flag" for value, source in refunds
    )
