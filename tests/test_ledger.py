"""The ledger: every amount below is derived by hand, and a machine plants faults that a replay must find exactly."""

import decimal
import pickle
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import get_args

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pricing_rules import ledger
from pricing_rules.errors import InsufficientCredits
from pricing_rules.ledger import Debit, Entry, Fault, Grant, Refund, Statement, balance, replay

KINDS = (
    "overdraft",
    "repeated_debit",
    "refund_without_debit",
    "refund_before_debit",
    "repeated_refund",
    "wrong_refund",
    "refund_without_failure",
    "duplicate_entry",
)
D = Decimal
quick = settings(max_examples=25, deadline=None)
HOSTILE = decimal.Context(prec=3, Emin=-3, Emax=3, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])

credits_of_entries = st.builds(
    lambda units, places: D(units).scaleb(-places), st.integers(0, 10**20), st.integers(0, 40)
) | st.integers(0, 10**40 - 1)
task_ids = st.sampled_from("abc")
entries_of_any_kind = st.lists(
    st.builds(Grant, credits_of_entries, st.just("daily"))
    | st.builds(Debit, task_ids, credits_of_entries)
    | st.builds(Refund, task_ids, credits_of_entries),
    max_size=6,
)


def listed(*entries: Entry, completed: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    statement = replay([Grant(1000, "package"), *entries], completed=completed)
    return [(fault.index, fault.kind) for fault in statement.faults]


# What a ledger adds up to


def test_a_balance_is_granted_less_debited_plus_refunded() -> None:
    assert balance([Grant(100, "daily"), Debit("a", 12), Debit("b", D("5.5")), Refund("a", 12)]) == D("94.5")


def test_an_empty_ledger_holds_nothing() -> None:
    assert str(balance([])) == "0"


def test_a_balance_may_be_negative() -> None:
    assert balance([Grant(1, "daily"), Debit("a", D("3.25"))]) == D("-2.25")


def test_a_faultless_ledger_is_summed_and_has_no_faults() -> None:
    entries: list[Entry] = [
        Grant(100, "subscription"),
        Debit("a", 12),
        Grant(7, "daily"),
        Debit("b", D("5.5")),
        Refund("a", 12),
    ]
    assert replay(entries, completed={"b"}) == Statement(
        balance=D("101.5"), opening=D(0), granted=D(107), debited=D("17.5"), refunded=D(12), faults=()
    )


def test_an_opening_balance_comes_before_the_first_entry() -> None:
    assert replay([Debit("a", 3)], opening=5) == Statement(D(2), D(5), D(0), D(3), D(0), ())


def test_an_opening_balance_may_be_overdrawn() -> None:
    assert replay([Grant(9, "daily")], opening=D("-5.50")) == Statement(D("3.5"), D("-5.5"), D(9), D(0), D(0), ())


def test_an_empty_ledger_closes_as_it_opened() -> None:
    assert replay([], opening=7) == Statement(D(7), D(7), D(0), D(0), D(0), ())


def test_entries_are_read_once() -> None:
    entries: list[Entry] = [Grant(1, "daily"), Debit("a", 3), Refund("a", 2)]
    assert replay(iter(entries)) == replay(entries)


def test_all_amounts_of_a_statement_are_written_without_trailing_zeros() -> None:
    statement = replay([Grant(D("1E+2"), "daily"), Debit("a", D("2.50")), Refund("a", D("2.50"))], opening=D("10.00"))
    assert [str(amount) for amount in (statement.balance, statement.opening, statement.granted)] == ["110", "10", "100"]
    assert [str(amount) for amount in (statement.debited, statement.refunded)] == ["2.5", "2.5"]


@quick
@given(entries_of_any_kind, st.integers(-(10**40), 10**40))
def test_sums_are_conserved(entries: list[Entry], opening: int) -> None:
    found = replay(entries, opening=opening)
    with decimal.localcontext(prec=200):
        assert (
            found.opening + found.granted - found.debited + found.refunded
            == found.balance
            == opening + balance(entries)
        )


@quick
@given(entries_of_any_kind.flatmap(lambda entries: st.tuples(st.just(entries), st.permutations(entries))))
def test_the_order_of_entries_changes_no_sum(orders: tuple[list[Entry], list[Entry]]) -> None:
    one, other = (evolve(replay(entries), faults=()) for entries in orders)
    assert one == other


@quick
@given(entries_of_any_kind, entries_of_any_kind)
def test_the_balance_of_one_replay_opens_the_next(before: list[Entry], after: list[Entry]) -> None:
    assert replay(after, opening=replay(before).balance).balance == replay(before + after).balance


# Whatever the decimal context


@quick
@given(entries_of_any_kind, st.integers(-(10**40), 10**40))
def test_no_decimal_context_changes_a_statement(entries: list[Entry], opening: int) -> None:
    expected = replay(entries, completed="a", opening=opening)
    with decimal.localcontext(HOSTILE):
        assert replay(entries, completed="a", opening=opening) == expected


def test_sums_are_exact_where_the_context_keeps_three_digits() -> None:
    with decimal.localcontext(HOSTILE):
        found = replay([Grant(123456789, "daily"), Debit("a", D("0.000000001")), Refund("a", D("100000.000000001"))])
    assert [str(amount) for amount in (found.balance, found.granted)] == ["123556789", "123456789"]
    assert [f"{amount:f}" for amount in (found.debited, found.refunded)] == ["0.000000001", "100000.000000001"]


def test_a_debit_of_many_digits_is_allowed_where_the_context_keeps_three_digits() -> None:
    with decimal.localcontext(HOSTILE):
        assert str(ledger.debit(D("1234.5678"), "a", D("1234.5678")).credits) == "1234.5678"


def test_a_debit_is_refused_for_its_last_digit_where_the_context_keeps_three_digits() -> None:
    with decimal.localcontext(HOSTILE), pytest.raises(InsufficientCredits) as refused:
        ledger.debit(D("-1234.5678"), "a", D("1234.5679"))
    assert refused.value.args == (D("1234.5679"), D("-1234.5678"))


# Entries to store


def test_a_debit_may_take_the_whole_balance() -> None:
    assert ledger.debit(D("5.50"), "a", D("5.5"), entry_id="e1") == Debit("a", D("5.5"), entry_id="e1")


def test_a_debit_above_the_balance_is_refused_with_both_amounts() -> None:
    with pytest.raises(InsufficientCredits) as refused:
        ledger.debit(D("4.990"), "a", 5)
    assert (str(refused.value.required), str(refused.value.balance)) == ("5", "4.99")


def test_a_debit_of_nothing_is_allowed_from_an_empty_balance() -> None:
    assert ledger.debit(0, "a", 0) == Debit("a", 0)


def test_an_overdrawn_balance_covers_no_debit() -> None:
    with pytest.raises(InsufficientCredits):
        ledger.debit(-1, "a", 0)


@given(st.integers(-3, 3), st.integers(0, 3))
def test_a_replay_reports_the_overdrafts_that_debit_refuses(available: int, taken: int) -> None:
    overdrafts = [fault.kind for fault in replay([Debit("a", taken)], opening=available).faults]
    try:
        ledger.debit(available, "a", taken)
    except InsufficientCredits:
        assert overdrafts == ["overdraft"]
    else:
        assert overdrafts == []


def test_a_refund_gives_back_what_the_debit_took() -> None:
    assert ledger.refund(Debit("a", D("5.5"), entry_id="e1"), entry_id="e2") == Refund("a", D("5.5"), entry_id="e2")


def test_a_refund_has_no_entry_id_of_its_own() -> None:
    assert ledger.refund(Debit("a", 5, entry_id="e1")) == Refund("a", 5)


# Faults, one by one


def test_the_kinds_of_faults_are_these() -> None:
    assert get_args(ledger.FaultKind) == KINDS


def test_an_overdraft_is_reported_and_still_counted() -> None:
    found = replay([Grant(D("3.5"), "daily"), Debit("a", 5)])
    message = "The 5-credit debit of task 'a' overdraws a balance of 3.5."
    assert found.faults == (Fault(1, "overdraft", "a", D("3.5"), D(5), message),)
    assert found.balance == D("-1.5")


def test_every_debit_below_zero_is_an_overdraft() -> None:
    assert [fault.expected for fault in replay([Debit("a", 2), Debit("b", 3)]).faults] == [D(0), D(-2)]


def test_a_second_debit_is_reported_and_still_counted() -> None:
    found = replay([Debit("a", 5), Debit("b", 1), Debit("a", 6), Debit("a", 7)], opening=100)
    assert found.faults == (
        Fault(2, "repeated_debit", "a", None, D(6), "The 6-credit debit of task 'a' repeats a 5-credit debit."),
        Fault(3, "repeated_debit", "a", None, D(7), "The 7-credit debit of task 'a' repeats a 5-credit debit."),
    )
    assert found.balance == D(81)


def test_a_refund_without_a_debit_is_reported_and_still_counted() -> None:
    found = replay([Debit("b", 3), Refund("a", 3)], opening=3)
    message = "The 3-credit refund of task 'a' gives back what no debit took."
    assert found.faults == (Fault(1, "refund_without_debit", "a", None, D(3), message),)
    assert found.balance == D(3)


def test_a_refund_before_its_debit_is_reported_and_still_counted() -> None:
    found = replay([Refund("a", 3), Debit("a", 3)], opening=1)
    message = "The 3-credit refund of task 'a' comes before the 3-credit debit."
    assert found.faults == (Fault(0, "refund_before_debit", "a", None, D(3), message),)
    assert found.balance == D(1)


def test_a_second_refund_is_reported_and_still_counted() -> None:
    found = replay([Debit("a", 5), Refund("a", 5), Refund("a", 4)], opening=5)
    message = "The 4-credit refund of task 'a' repeats a 5-credit refund."
    assert found.faults == (Fault(2, "repeated_refund", "a", None, D(4), message),)
    assert found.balance == D(9)


def test_a_refund_of_another_amount_is_reported_and_still_counted() -> None:
    found = replay([Debit("a", 5), Refund("a", D("0.0000001"))], opening=5)
    message = "The 0.0000001-credit refund of task 'a' does not match the 5-credit debit."
    assert found.faults == (Fault(1, "wrong_refund", "a", D(5), D("0.0000001"), message),)
    assert found.balance == D("0.0000001")


def test_a_refund_of_nothing_does_not_match_a_debit_of_something() -> None:
    assert listed(Debit("a", 5), Refund("a", 0)) == [(2, "wrong_refund")]


def test_a_refund_of_a_completed_task_is_reported_and_still_counted() -> None:
    found = replay([Debit("a", 5), Debit("b", 5), Refund("a", 5), Refund("b", 5)], completed=["b"], opening=10)
    message = "The 5-credit refund of task 'b' was paid although the task completed."
    assert found.faults == (Fault(3, "refund_without_failure", "b", None, D(5), message),)
    assert found.balance == D(10)


def test_an_entry_id_seen_before_is_reported_at_each_later_entry_of_any_kind() -> None:
    entries: list[Entry] = [Grant(9, "daily", entry_id="e"), Debit("a", 3, entry_id="e"), Refund("a", 3, entry_id="e")]
    assert replay([*entries, Grant(9, "daily", entry_id="f")]).faults == (
        Fault(1, "duplicate_entry", "a", None, D(3), "The 3-credit debit of task 'a' repeats the entry id 'e'."),
        Fault(2, "duplicate_entry", "a", None, D(3), "The 3-credit refund of task 'a' repeats the entry id 'e'."),
    )


def test_a_grant_can_be_a_duplicate_of_no_task() -> None:
    found = replay([Grant(9, "daily", entry_id="e"), Grant(9, "daily", entry_id="e")])
    message = "The 9-credit grant repeats the entry id 'e'."
    assert found.faults == (Fault(1, "duplicate_entry", None, None, D(9), message),)
    assert found.balance == D(18)


def test_entries_without_an_id_duplicate_nothing() -> None:
    assert listed(Grant(9, "daily"), Grant(9, "daily")) == []


def test_entries_of_nothing_are_no_faults() -> None:
    assert replay([Debit("a", 0), Grant(0, "daily"), Refund("a", 0)]).faults == ()


# Faults together


def test_the_faults_of_one_debit_are_all_listed() -> None:
    entries = [Debit("a", 3, entry_id="e"), Debit("a", 3, entry_id="e")]
    kinds = [fault.kind for fault in replay(entries, opening=5).faults]
    assert kinds == ["overdraft", "repeated_debit", "duplicate_entry"]


def test_the_faults_of_one_early_refund_are_all_listed() -> None:
    early = Refund("a", 3, entry_id="e")
    found = replay([Grant(9, "daily", entry_id="e"), early, Debit("a", 4)], completed={"a"})
    kinds = ["refund_before_debit", "wrong_refund", "refund_without_failure", "duplicate_entry"]
    assert [fault.kind for fault in found.faults] == kinds


def test_the_faults_of_one_second_refund_without_a_debit_are_all_listed() -> None:
    assert listed(Refund("a", 3), Refund("a", 3), completed=("a",)) == [
        (1, "refund_without_debit"),
        (1, "refund_without_failure"),
        (2, "refund_without_debit"),
        (2, "repeated_refund"),
        (2, "refund_without_failure"),
    ]


def test_a_second_refund_of_another_amount_is_no_wrong_refund_as_well() -> None:
    assert listed(Debit("a", 5), Refund("a", 5), Refund("a", 6)) == [(3, "repeated_refund")]


def test_a_refund_after_an_early_one_is_a_second_one() -> None:
    faults = [(1, "refund_before_debit"), (3, "repeated_refund")]
    assert listed(Refund("a", 5), Debit("a", 5), Refund("a", 5)) == faults


def test_a_refund_is_matched_with_the_first_of_several_debits() -> None:
    assert listed(Debit("a", 5), Debit("a", 6), Refund("a", 5)) == [(2, "repeated_debit")]


def test_a_refund_between_two_debits_is_not_early() -> None:
    assert listed(Debit("a", 5), Refund("a", 5), Debit("a", 5)) == [(3, "repeated_debit")]


def test_tasks_are_judged_apart() -> None:
    assert listed(Debit("a", 5), Debit("b", 6), Refund("b", 6), Refund("a", 5)) == []


# Messages


def test_a_message_escapes_control_characters() -> None:
    (fault,) = replay([Refund("a\x1b[31m\n", 1, entry_id="e")]).faults
    assert fault.message == r"The 1-credit refund of task 'a\x1b[31m\n' gives back what no debit took."


def test_a_message_cuts_long_ids() -> None:
    _, fault = replay([Grant(1, "daily", entry_id="e" * 99), Refund("t" * 99, 1, entry_id="e" * 99)]).faults
    assert fault.message == f"The 1-credit refund of task '{'t' * 58}… repeats the entry id '{'e' * 58}…."


# Amounts and ids of an entry

makers = pytest.mark.parametrize(
    "make",
    [
        lambda amount: Grant(amount, "daily"),
        lambda amount: Debit("a", amount),
        lambda amount: Refund("a", amount),
        lambda amount: ledger.debit(10**41, "a", amount),
    ],
    ids=["grant", "debit", "refund", "function"],
)
balances = pytest.mark.parametrize(
    "use",
    [lambda amount: ledger.debit(amount, "a", 0), lambda amount: replay([], opening=amount)],
    ids=["debit", "replay"],
)
NOT_FINITE = [D("NaN"), D("-NaN"), D("sNaN"), D("Infinity"), D("-Infinity")]


@makers
@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (3, "3"),
        (D("3.00"), "3"),
        (D("1E+2"), "100"),
        (D("1.470"), "1.47"),
        (D("-0.0"), "0"),
        (D("0E-40"), "0"),
        (D("1E-40"), "1E-40"),  # str writes it so; its digits and exponent are (1,) and -40
        (D("1E+39"), "1" + "0" * 39),
        (10**40 - 1, "9" * 40),
        (D("9" * 40 + "E-40"), "0." + "9" * 40),
    ],
)
def test_an_amount_is_stored_exactly_without_trailing_zeros(
    make: Callable[[object], Entry], given: Decimal | int, stored: str
) -> None:
    assert str(make(given).credits) == stored


@makers
@pytest.mark.parametrize(
    "bad",
    [
        *NOT_FINITE,
        *[-1, D("-0.01"), 10**40, pytest.param(1 << 1_000_000, id="two to the millionth")],
        *[D("1" * 41), D("0.1" + "0" * 40), D("1E+40"), D("12E+39"), D("1E+41"), D("1E-41"), D("1E+999999")],
    ],
)
def test_an_amount_out_of_range_cannot_stand_in_an_entry(make: Callable[[object], Entry], bad: object) -> None:
    with pytest.raises(ValueError, match="credits are finite, not negative, of at most 40 digits"):
        make(bad)


@makers
@pytest.mark.parametrize("bad", [True, 1.0, "1", None, b"1", 1j])
def test_an_amount_of_another_type_cannot_stand_in_an_entry(make: Callable[[object], Entry], bad: object) -> None:
    with pytest.raises(TypeError, match=f"never a {type(bad).__name__}"):
        make(bad)


@balances
@pytest.mark.parametrize("bad", [*NOT_FINITE, 10**400, -(10**400), D("1E+41"), D("1E-41")])
def test_a_balance_out_of_range_is_refused(use: Callable[[object], object], bad: object) -> None:
    with pytest.raises(ValueError, match="credits are finite, of either sign, of at most 400 digits"):
        use(bad)


@balances
@pytest.mark.parametrize("bad", [False, 1.0, "1", None])
def test_a_balance_of_another_type_is_refused(use: Callable[[object], object], bad: object) -> None:
    with pytest.raises(TypeError, match="credits are an int or a Decimal"):
        use(bad)


def test_a_balance_may_have_four_hundred_digits() -> None:
    assert replay([], opening=1 - 10**400).balance == D("-" + "9" * 400)


@given(credits_of_entries)
def test_a_stored_amount_can_be_stored_again(amount: Decimal | int) -> None:
    entry = Debit("a", amount)
    assert ledger.refund(entry).credits.as_tuple() == entry.credits.as_tuple()


@pytest.mark.parametrize("record", [Debit, Refund])
def test_an_empty_task_id_is_refused(record: Callable[[str, int], Entry]) -> None:
    with pytest.raises(ValueError, match="task_id"):
        record("", 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Debit(7, 1),  # type: ignore[arg-type]
        lambda: Refund(None, 1),  # type: ignore[arg-type]
        lambda: Grant(1, None),  # type: ignore[arg-type]
        lambda: Grant(1, "daily", entry_id=7),  # type: ignore[arg-type]
        lambda: Debit("a", 1, entry_id=[]),  # type: ignore[arg-type]
        lambda: Refund("a", 1, entry_id=b"e"),  # type: ignore[arg-type]
        lambda: ledger.debit(1, 7, 1),  # type: ignore[arg-type]
    ],
)
def test_an_id_or_origin_that_is_no_text_is_refused(make: Callable[[], Entry]) -> None:
    with pytest.raises(TypeError, match="must be <class 'str'>"):
        make()


def test_an_entry_id_is_given_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        Debit("a", 1, "e")  # type: ignore[call-arg]


def test_what_is_no_entry_is_refused_at_once() -> None:
    with pytest.raises(AssertionError):
        replay([Grant(1, "daily"), "grant"])  # type: ignore[list-item]


# Records

STATEMENT = replay([Grant(1, "daily", entry_id="e"), Debit("a", 2), Refund("b", 1, entry_id="e")])
RECORDS = [Grant(1, "daily"), Debit("a", 1, entry_id="e"), Refund("a", 1), STATEMENT.faults[0], STATEMENT]
records = pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)


def pickled(record: object) -> object:
    return pickle.loads(pickle.dumps(record))  # noqa: S301 these bytes are our own


@records
def test_a_record_survives_pickling(record: object) -> None:
    assert pickled(record) == record


@records
def test_equal_records_hash_alike(record: object) -> None:
    assert len({record, pickled(record)}) == 1


@records
def test_a_record_cannot_be_changed(record: object) -> None:
    with pytest.raises(FrozenInstanceError):
        record.credits = D(0)  # type: ignore[attr-defined]


def test_a_debit_is_no_refund() -> None:
    assert len({Debit("a", 1), Refund("a", 1)}) == 2


# A machine that plants faults and knows what it planted

thousandths = st.integers(0, 5_000)
id_choices = st.sampled_from(["none", "none", "new", "used"])


def a_task(data: st.DataObject, tasks: Iterable[str]) -> str:
    return data.draw(st.sampled_from(list(tasks)), label="task")


def written(units: int) -> Decimal:
    return D(units).scaleb(-3)


class Account(RuleBasedStateMachine):
    """A model in whole thousandths of a credit: `planted` holds the kinds of faults by place."""

    def __init__(self) -> None:
        super().__init__()
        self.opening = 2_000
        self.sums = {Grant: 0, Debit: 0, Refund: 0}
        self.entries: list[Entry] = []
        self.planted: list[set[str]] = []
        self.ids: list[str] = []
        self.tasks = 0
        self.charged: dict[str, int] = {}
        self.returned: dict[str, list[tuple[int, int]]] = {}

    @property
    def left(self) -> int:
        return self.opening + self.sums[Grant] - self.sums[Debit] + self.sums[Refund]

    def entry_id(self, choice: str) -> str | None:
        if choice == "none" or (choice == "used" and not self.ids):
            return None
        return f"e{len(self.ids)}" if choice == "new" else self.ids[0]

    def store(self, entry: Entry, units: int, *kinds: str) -> None:
        self.planted.append({*kinds, *(["duplicate_entry"] if entry.entry_id in self.ids else [])})
        if entry.entry_id is not None:
            self.ids.append(entry.entry_id)
        self.entries.append(entry)
        self.sums[type(entry)] += units

    def new_task(self, *, completes: bool) -> str:
        self.tasks += 1
        return f"completed {self.tasks}" if completes else f"failed {self.tasks}"

    def store_debit(self, task: str, units: int, choice: str, *kinds: str) -> None:
        entry = Debit(task, written(units), entry_id=self.entry_id(choice))
        self.store(entry, units, *kinds, *(["overdraft"] if units > self.left else []))
        self.charged.setdefault(task, units)

    def store_refund(self, task: str, units: int, choice: str, *kinds: str) -> None:
        entry = Refund(task, written(units), entry_id=self.entry_id(choice))
        self.returned.setdefault(task, []).append((len(self.entries), units))
        self.store(entry, units, *kinds, *(["refund_without_failure"] if task.startswith("completed") else []))

    @property
    def unreturned(self) -> list[str]:
        return [task for task in self.charged if task not in self.returned]

    @property
    def undebited(self) -> list[str]:
        return [task for task in self.returned if task not in self.charged]

    @rule(units=thousandths, choice=id_choices)
    def grant(self, units: int, choice: str) -> None:
        self.store(Grant(written(units), "daily", entry_id=self.entry_id(choice)), units)

    @precondition(lambda self: self.left >= 0)
    @rule(data=st.data(), choice=id_choices, completes=st.booleans())
    def allowed_debit(self, data: st.DataObject, choice: str, *, completes: bool) -> None:
        units, task = data.draw(st.just(self.left) | st.integers(0, self.left)), self.new_task(completes=completes)
        entry = ledger.debit(written(self.left), task, written(units), entry_id=self.entry_id(choice))
        self.store(entry, units)
        self.charged[task] = units

    @rule(more=st.integers(1, 3_000))
    def refused_debit(self, more: int) -> None:
        units = max(self.left, -1) + more
        with pytest.raises(InsufficientCredits) as refused:
            ledger.debit(written(self.left), "refused", written(units))
        assert refused.value.args == (written(units), written(self.left))

    @rule(units=thousandths, choice=id_choices, completes=st.booleans())
    def unchecked_debit(self, units: int, choice: str, *, completes: bool) -> None:
        self.store_debit(self.new_task(completes=completes), units, choice)

    @precondition(lambda self: self.charged)
    @rule(data=st.data(), units=thousandths, choice=id_choices)
    def repeated_debit(self, data: st.DataObject, units: int, choice: str) -> None:
        self.store_debit(a_task(data, self.charged), units, choice, "repeated_debit")

    @precondition(lambda self: self.unreturned)
    @rule(data=st.data())
    def right_refund(self, data: st.DataObject) -> None:
        task = a_task(data, self.unreturned)
        assert ledger.refund(Debit(task, written(self.charged[task]))) == Refund(task, written(self.charged[task]))
        self.store_refund(task, self.charged[task], "none")

    @precondition(lambda self: self.unreturned)
    @rule(data=st.data(), off=st.integers(1, 3), below=st.booleans(), choice=id_choices)
    def wrong_refund(self, data: st.DataObject, off: int, choice: str, *, below: bool) -> None:
        task = a_task(data, self.unreturned)
        charge = self.charged[task]
        self.store_refund(task, charge - off if below and off <= charge else charge + off, choice, "wrong_refund")

    @precondition(lambda self: self.returned)
    @rule(data=st.data(), units=thousandths, choice=id_choices)
    def repeated_refund(self, data: st.DataObject, units: int, choice: str) -> None:
        task = a_task(data, self.returned)
        kinds = ["repeated_refund"] if task in self.charged else ["repeated_refund", "refund_without_debit"]
        self.store_refund(task, units, choice, *kinds)

    @rule(units=thousandths, choice=id_choices, completes=st.booleans())
    def refund_without_debit(self, units: int, choice: str, *, completes: bool) -> None:
        self.store_refund(self.new_task(completes=completes), units, choice, "refund_without_debit")

    @precondition(lambda self: self.undebited)
    @rule(data=st.data(), units=thousandths, same=st.booleans(), choice=id_choices)
    def late_debit(self, data: st.DataObject, units: int, choice: str, *, same: bool) -> None:
        task = a_task(data, self.undebited)
        first_place, first_units = self.returned[task][0]
        for place, _ in self.returned[task]:
            self.planted[place] = self.planted[place] - {"refund_without_debit"} | {"refund_before_debit"}
        charge = first_units if same else units
        if charge != first_units:
            self.planted[first_place].add("wrong_refund")
        self.store_debit(task, charge, choice)

    @invariant()
    def the_statement_is_what_was_planted(self) -> None:
        completed = [f"completed {number}" for number in range(1, self.tasks + 1)]
        found = replay(self.entries, completed=completed, opening=written(self.opening))
        assert found.opening + found.granted - found.debited + found.refunded == found.balance == written(self.left)
        assert [found.granted, found.debited, found.refunded] == [written(units) for units in self.sums.values()]
        planted = [(place, kind) for place, kinds in enumerate(self.planted) for kind in KINDS if kind in kinds]
        assert [(fault.index, fault.kind) for fault in found.faults] == planted


Account.TestCase.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)
test_a_replay_lists_exactly_the_planted_faults_and_conserves_the_sums = Account.TestCase
