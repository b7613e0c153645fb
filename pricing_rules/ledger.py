"""One account's grants, debits and refunds as a pure fold: what happened, what is left, what should not have happened.

A task is debited when it is accepted and refunded if the provider fails it (credits-and-models.txt: Credit formula);
that a failed task is refunded exactly once and a completed one never is a reading. Every amount is in credits.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Literal, assert_never

from attrs import field, frozen
from attrs.validators import and_, instance_of, min_len, optional

from pricing_rules.amounts import decimal
from pricing_rules.errors import InsufficientCredits
from pricing_rules.spelling import shown

__all__ = ["Debit", "Entry", "Fault", "Grant", "Refund", "Statement", "balance", "debit", "refund", "replay"]

MAX_DIGITS = 40
MAX_BALANCE_DIGITS = 400  # holds any sum of entries, so the balance of one replay can open the next

FaultKind = Literal[
    "overdraft",
    "repeated_debit",
    "refund_without_debit",
    "refund_before_debit",
    "repeated_refund",
    "wrong_refund",
    "refund_without_failure",
    "duplicate_entry",
]
First = tuple[int, Decimal]  # place and credits of the first debit or refund of a task


def _checked(value: Decimal | int, digits: int = MAX_DIGITS, *, signed: bool = False) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"credits are an int or a Decimal, never a {type(value).__name__}")
    huge = isinstance(value, int) and abs(value) >= 10**digits  # too slow to turn into a Decimal
    _, coefficient, power = Decimal(0 if huge else value).as_tuple()
    near = isinstance(power, int) and abs(power) <= MAX_DIGITS  # of NaN and the infinities it is a letter
    if huge or not near or len(coefficient) + max(int(power), 0) > digits or (value < 0 and not signed):
        sign = "of either sign" if signed else "not negative"
        msg = f"credits are finite, {sign}, of at most {digits} digits written out and {MAX_DIGITS} decimal places"
        raise ValueError(msg)
    return decimal(Fraction(value))


@frozen
class Grant:
    """Credits that came in, at most 40 digits of them; `origin` says where from: subscription, daily, package."""

    credits: Decimal = field(converter=_checked)
    origin: str = field(validator=instance_of(str))
    entry_id: str | None = field(default=None, kw_only=True, validator=optional(instance_of(str)))


@frozen
class Debit:
    """Credits that an accepted task took, at most 40 digits of them; a task's id is not empty."""

    task_id: str = field(validator=and_(instance_of(str), min_len(1)))
    credits: Decimal = field(converter=_checked)
    entry_id: str | None = field(default=None, kw_only=True, validator=optional(instance_of(str)))


@frozen
class Refund:
    """Credits that a failed task gave back, at most 40 digits of them; a task's id is not empty."""

    task_id: str = field(validator=and_(instance_of(str), min_len(1)))
    credits: Decimal = field(converter=_checked)
    entry_id: str | None = field(default=None, kw_only=True, validator=optional(instance_of(str)))


Entry = Grant | Debit | Refund


@frozen
class Fault:
    """One thing in a ledger that should not have happened.

    Attributes:
        index: place of the entry at fault, counted from 0.
        kind: the rule that it breaks.
        task_id: id of its task; None for a grant.
        expected: of an overdraft the balance before it, of a wrong refund the debit; None for the other kinds.
        found: what the entry moved.
        message: one sentence with the task and the amounts.
    """

    index: int
    kind: FaultKind
    task_id: str | None
    expected: Decimal | None
    found: Decimal
    message: str


@frozen
class Statement:
    """What a ledger adds up to: opening + granted - debited + refunded == balance; faults in order of the entries."""

    balance: Decimal
    opening: Decimal
    granted: Decimal
    debited: Decimal
    refunded: Decimal
    faults: tuple[Fault, ...]


def balance(entries: Iterable[Entry]) -> Decimal:
    """Add up granted - debited + refunded exactly."""
    return decimal(sum(map(_change, entries), Fraction()))


def debit(available: Decimal | int, task_id: str, credits: Decimal | int, *, entry_id: str | None = None) -> Debit:  # noqa: A002 the field's own name
    """Return the entry that charges an accepted task.

    Raises:
        InsufficientCredits: `available`, the balance before the debit, does not cover the credits.
    """
    entry, have = Debit(task_id, credits, entry_id=entry_id), _checked(available, MAX_BALANCE_DIGITS, signed=True)
    if have < entry.credits:
        raise InsufficientCredits(entry.credits, have)
    return entry


def refund(charged: Debit, *, entry_id: str | None = None) -> Refund:
    """Return the entry that gives back exactly what a debit took."""
    return Refund(charged.task_id, charged.credits, entry_id=entry_id)


def replay(entries: Iterable[Entry], *, completed: Collection[str] = (), opening: Decimal | int = 0) -> Statement:
    """Apply every entry as it happened and list every fault; no entry stops it.

    Args:
        entries: in the order in which they happened.
        completed: ids of the tasks that did not fail, so that no refund is due.
        opening: the balance before the first entry, of either sign and at most 400 digits.
    """
    book, start = tuple(entries), _checked(opening, MAX_BALANCE_DIGITS, signed=True)
    balances = tuple(accumulate(map(_change, book), initial=Fraction(start)))
    granted, debited, refunded = (balance(e for e in book if isinstance(e, kind)) for kind in (Grant, Debit, Refund))
    faults = tuple(_faults(book, balances, frozenset(completed)))
    return Statement(decimal(balances[-1]), start, granted, debited.copy_abs(), refunded, faults)


def _change(entry: Entry) -> Fraction:
    match entry:
        case Grant() | Refund():
            return Fraction(entry.credits)
        case Debit():
            return -Fraction(entry.credits)
        case _:
            assert_never(entry)


def _faults(entries: tuple[Entry, ...], balances: tuple[Fraction, ...], completed: frozenset[str]) -> Iterator[Fault]:
    debits, refunds, ids = _firsts(entries, Debit), _firsts(entries, Refund), dict[str, int]()
    for index, entry in enumerate(entries):
        if isinstance(entry, Debit):
            yield from _of_debit(index, entry, decimal(balances[index]), debits[entry.task_id])
        elif isinstance(entry, Refund):
            yield from _of_refund(index, entry, debits.get(entry.task_id), refunds[entry.task_id])
            if entry.task_id in completed:
                yield _fault(index, entry, "refund_without_failure", "was paid although the task completed")
        if entry.entry_id is not None and ids.setdefault(entry.entry_id, index) < index:
            yield _fault(index, entry, "duplicate_entry", f"repeats the entry id {shown(entry.entry_id)}")


def _firsts(entries: tuple[Entry, ...], kind: type[Debit | Refund]) -> dict[str, First]:
    backwards = reversed(tuple(enumerate(entries)))
    return {entry.task_id: (index, entry.credits) for index, entry in backwards if isinstance(entry, kind)}


def _of_debit(index: int, entry: Debit, before: Decimal, first: First) -> Iterator[Fault]:
    if before < entry.credits:
        yield _fault(index, entry, "overdraft", f"overdraws a balance of {before:f}", before)
    if first[0] < index:
        yield _fault(index, entry, "repeated_debit", f"repeats a {first[1]:f}-credit debit")


def _of_refund(index: int, entry: Refund, debited: First | None, first: First) -> Iterator[Fault]:
    place, charge = debited or (-1, entry.credits)
    if debited is None:
        yield _fault(index, entry, "refund_without_debit", "gives back what no debit took")
    if place > index:
        yield _fault(index, entry, "refund_before_debit", f"comes before the {charge:f}-credit debit")
    if first[0] < index:
        yield _fault(index, entry, "repeated_refund", f"repeats a {first[1]:f}-credit refund")
    elif entry.credits != charge:
        yield _fault(index, entry, "wrong_refund", f"does not match the {charge:f}-credit debit", charge)


def _fault(index: int, entry: Entry, kind: FaultKind, said: str, expected: Decimal | None = None) -> Fault:
    task = None if isinstance(entry, Grant) else entry.task_id
    subject = f"{entry.credits:f}-credit {type(entry).__name__.lower()}{f' of task {shown(task)}' if task else ''}"
    return Fault(index, kind, task, expected, entry.credits, f"The {subject} {said}.")
