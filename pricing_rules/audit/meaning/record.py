"""A usage record as an audit reads it: whole numbers and text by column, or the column that cannot be read."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import MALFORMED, UNPARSED, Record
from pricing_rules.audit.meaning.values import (
    EPOCH,
    FALSE,
    TRUE,
    Unreadable,
    count,
    count_or_items,
    instant,
    micros,
    multiplied,
    text,
    word,
)
from pricing_rules.catalog.columns import (
    COLUMNS,
    MAX_COUNT,
    MAX_CREDITS,
    MEASURES,
    MICROS,
    YEARS,
    is_numeric,
)
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

CONFLICT = object()  # places of a column that say different things
AMOUNTS = ("credits_used", "credits_refunded", "refund_count")
OTHERS = tuple(name for name in COLUMNS if name not in AMOUNTS)
MOST = MAX_CREDITS * MICROS
FIRST, AFTER = ((EPOCH.replace(year=year) - EPOCH) // (EPOCH.resolution) for year in (YEARS[0], YEARS[1] + 1))


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


@frozen
class Amounts:
    """What a record says was charged and given back.

    Attributes:
        charged: micros; ABSENT where no column tells.
        refunded: micros; ABSENT where no column tells.
        refunds: how often it was refunded; None where no column tells.
        logged: micros that the log says were charged, where a ledger tells the charge; else ABSENT.
        unreadable: the first column that cannot be read.
    """

    charged: Any
    refunded: Any
    refunds: int | None
    logged: Any = ABSENT
    unreadable: str | None = None


@frozen
class Given:
    """What a record says was given back: an amount in micros or whether there was one, a count where it is told."""

    stated: Any = ABSENT
    refunds: int | None = None
    counted: bool = False
    unreadable: str | None = None


def read(catalog: Catalog, record: Record) -> Reading:
    """Return what a record says beside its amounts."""
    values, unreadable = _read(catalog, record, OTHERS)
    conflicts = (name for name in (UNPARSED, *AMOUNTS) if record.get(name) is CONFLICT)
    return Reading(values, values.pop("custom_multiplier", Fraction(1)), first_unreadable(unreadable, *conflicts))


def read_amounts(catalog: Catalog, record: Record) -> Amounts:
    """Return what a record says was charged and given back."""
    return amounts(record.get("credits_used", ABSENT), read_given(catalog, record), record.get("logged", ABSENT))


def read_given(catalog: Catalog, record: Record) -> Given:
    """Return what a record says was given back."""
    values, unreadable = _read(catalog, record, AMOUNTS[1:])
    counted = "refund_count" in record
    return Given(values.get("credits_refunded", ABSENT), values.get("refund_count"), counted, unreadable)


def amounts(stated: object, given: Given, logged: object = ABSENT) -> Amounts:
    """Return what was charged, as it is stated, and what of it was given back."""
    try:
        charged, own = _charge(stated), _charge(logged)
    except Unreadable:
        return Amounts(ABSENT, ABSENT, None, unreadable="credits_used")
    return Amounts(charged, _refunded(charged, given), given.refunds, own, given.unreadable)


def _charge(stated: object) -> Any:  # noqa: ANN401 -- micros or ABSENT
    if stated is ABSENT:
        return ABSENT
    value = None if stated is CONFLICT else micros(stated)
    if value is None or not 0 <= value <= MOST:
        raise Unreadable
    return value


def _refunded(charged: Any, given: Given) -> Any:  # noqa: ANN401 -- micros or ABSENT
    """Return the amount that was given back: as stated, else the count times the charge, else the charge if flagged."""
    if charged is ABSENT or (given.stated is ABSENT and not given.counted):
        return ABSENT
    if type(given.stated) is int:
        return given.stated
    if given.refunds is not None:
        return given.refunds * charged
    return charged if given.stated is True else 0


def read_whole(catalog: Catalog, record: Record) -> dict[str, Any]:
    """Return the values of all columns of a record that can be read."""
    values, _ = _read(catalog, record, tuple(COLUMNS))
    return values


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
            try:
                value = _value(catalog, name, record[name])
            except Unreadable:
                unreadable = unreadable or name
            else:
                values[name] = value
    return values, unreadable


def _value(catalog: Catalog, name: str, stated: object) -> Any:  # noqa: ANN401 -- what a reader returns
    if stated is CONFLICT:
        raise Unreadable
    value = reader(catalog, name)(stated)
    if not _possible(name, value):
        raise Unreadable
    return value


def readable(catalog: Catalog, name: str, stated: object) -> bool:
    """Tell whether a column can have a value."""
    try:
        return _value(catalog, name, stated) is not ABSENT
    except Unreadable:
        return False


def reader(catalog: Catalog, name: str) -> Callable[[object], Any]:
    """Return how the values of a column are read."""
    match COLUMNS[name].kind:
        case "amount":
            return micros
        case "time":
            return instant
        case "refund":
            return refund
        case "count" if name == "refund_count":
            return count
        case "count" if MEASURES.get(name) == "items":
            return _or_unknown(count_or_items)
        case "count":
            return _or_unknown(count)
        case "tier" if is_numeric(catalog, name):
            return micros
        case _ if name == "custom_multiplier":
            return multiplied
        case _ if name == "status":
            return word
        case _:
            return text


def refund(value: object) -> bool | int | None:
    """Read whether there was a refund, or its amount in micros.

    Raises:
        Unreadable: neither.
    """
    if isinstance(value, str) and value in (*TRUE, *FALSE):
        return value in TRUE
    return value if isinstance(value, bool) else micros(value)


def _or_unknown(reads: Callable[[object], int | None]) -> Callable[[object], Any]:
    """Return how a count is read that no amount depends on; what cannot be read is not known."""

    def count_or_absent(value: object) -> Any:  # noqa: ANN401 -- a count or ABSENT
        try:
            return reads(value)
        except Unreadable:
            return ABSENT

    return count_or_absent


def _possible(name: str, value: Any) -> bool:  # noqa: ANN401 -- what a reader returns
    match COLUMNS[name].kind:
        case _ if name == "task_id":
            return value is not None
        case "amount":
            return value is not None and 0 <= value <= MOST
        case "refund":
            return value is None or isinstance(value, bool) or 0 <= value <= MOST
        case "time":
            return value is None or FIRST <= value < AFTER
        case "count" if name == "refund_count":
            return value is None or value <= MAX_COUNT
        case "tier":
            return not isinstance(value, int) or value >= 0
        case _:
            return True
