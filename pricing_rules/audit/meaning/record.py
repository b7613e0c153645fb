"""A usage record as an audit reads it: whole numbers and text by column, or the column that cannot be read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import MALFORMED, UNPARSED, Record
from pricing_rules.audit.meaning.reader import CONFLICT, UNREADABLE, attempted, charge, reader
from pricing_rules.audit.meaning.values import EPOCH, Unreadable
from pricing_rules.catalog.columns import COLUMNS, Source, sources
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.request.body import ABSENT
from pricing_rules.spelling import hint, shown

AMOUNTS = ("credits_used", "credits_refunded", "refund_count")
LOGGED = "logged"  # the charge of a log beside that of a ledger
OTHERS = tuple(name for name in COLUMNS if name not in AMOUNTS)
KEYS = frozenset((*MALFORMED, LOGGED))


@frozen
class Reading:
    """What a record says beside its amounts.

    Attributes:
        values: by column; a number in millionths, a count as it is, a time in UTC microseconds; None where the log
            left it empty; no key where it has no such column, or none that can be read.
        custom: the multiplier of the log's owner.
        unreadable: the first column that cannot be read.
    """

    values: Mapping[str, Any]
    custom: Fraction
    unreadable: str | None = None

    def get(self, column: str) -> Any:  # noqa: ANN401 -- text, a whole number, None or ABSENT
        """Return the value of a column, ABSENT where the log has none."""
        return self.values.get(column, ABSENT)

    def stated(self, *columns: str) -> dict[str, Any]:
        """Return the values of some columns that the log has and has not left empty."""
        return {name: value for name in columns if (value := self.get(name)) is not ABSENT and value is not None}

    @property
    def accepted(self) -> datetime | None:
        """Return when the task was accepted, None where that is not told."""
        created = self.values.get("created_at")
        return None if created is None else EPOCH + timedelta(microseconds=created)


@frozen
class Amounts:
    """What a record says was charged and given back.

    Attributes:
        charged: micros; None where no column tells.
        refunded: micros; None where no column tells.
        refunds: how often it was refunded; None where no column tells.
        logged: micros that the log says were charged, where a ledger tells the charge.
        unreadable: the first column that cannot be read.
    """

    charged: int | None
    refunded: int | None
    refunds: int | None
    logged: int | None = None
    unreadable: str | None = None

    @property
    def mismatch(self) -> int:
        """Return what the log says was charged beyond what a ledger says, in micros."""
        return 0 if self.logged is None or self.charged is None or self.unreadable else self.logged - self.charged


@frozen
class Given:
    """What a record says was given back: an amount in micros or whether there was one, a count; whether it tells."""

    stated: bool | int | None = None
    refunds: int | None = None
    is_told: bool = False
    unreadable: str | None = None


def check_keys(catalog: Catalog, record: Record) -> None:
    """Check that a record has our own column names only.

    Raises:
        UnusableLog: it has another; names the column that the service's key tells, else the nearest.
    """
    for key in record:
        if key not in KEYS:
            own = next((name for name, places in sources(catalog).items() if Source((key,)) in places), None)
            told = f" At {catalog.id} that is the {own}." if own else hint(key, COLUMNS)
            raise UnusableLog(f"a usage record has no column {shown(key)}.{told} It has {', '.join(COLUMNS)}")


def read(catalog: Catalog, record: Record) -> Reading:
    """Return what a record says beside its amounts."""
    values, unreadable = _read(catalog, record, OTHERS)
    conflicts = (name for name in (UNPARSED, *AMOUNTS) if record.get(name) is CONFLICT)
    return Reading(values, values.pop("custom_multiplier", Fraction(1)), first_unreadable(unreadable, *conflicts))


def read_whole(catalog: Catalog, record: Record) -> dict[str, Any]:
    """Return the values of all columns of a record that can be read."""
    return _read(catalog, record, tuple(COLUMNS))[0]


def read_given(catalog: Catalog, record: Record) -> Given:
    """Return what a record says was given back."""
    values, unreadable = _read(catalog, record, AMOUNTS[1:])
    return Given(values.get("credits_refunded"), values.get("refund_count"), bool(values), unreadable)


def read_amounts(catalog: Catalog, record: Record) -> Amounts:
    """Return what a record says was charged and given back."""
    return amounts(record.get("credits_used", ABSENT), read_given(catalog, record), record.get(LOGGED, ABSENT))


def amounts(stated: object, given: Given, logged: object = ABSENT) -> Amounts:
    """Return what was charged, as it is stated, and what of it was given back."""
    try:
        charged = None if stated is ABSENT else charge(stated)
        own = None if logged is ABSENT else charge(logged)
    except Unreadable:
        return Amounts(None, None, None, unreadable="credits_used")
    refunded = None if charged is None else _refunded(charged, given)
    return Amounts(charged, refunded, given.refunds, own, given.unreadable)


def _refunded(charged: int, given: Given) -> int | None:
    """Return the amount that was given back: as stated, else the count times the charge, else the charge if flagged."""
    if not given.is_told:
        return None
    if type(given.stated) is int:
        return given.stated
    if given.refunds is not None:
        return given.refunds * charged
    return charged if given.stated else 0


def first_unreadable(*columns: str | None) -> str | None:
    """Return which of some columns stands first."""
    found = [column for column in columns if column is not None]
    return min(found, key=MALFORMED.index) if found else None


def _read(catalog: Catalog, record: Record, names: tuple[str, ...]) -> tuple[dict[str, Any], str | None]:
    """Return the values of some columns, and the first of them that cannot be read."""
    values: dict[str, Any] = {}
    unreadable: str | None = None
    for name in names:
        if name in record:
            stated = record[name]
            found = UNREADABLE if stated is CONFLICT else attempted(reader(catalog, name), stated)
            if found is UNREADABLE:
                unreadable = unreadable or name
            else:
                values[name] = found
    return values, unreadable
