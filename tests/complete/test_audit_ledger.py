"""Ledgers beside a log, drawn: what an audit finds in them is what their replay finds."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pricing_rules.ledger import Debit, Refund, replay
from support.ledgers import audited


@given(
    st.lists(
        st.tuples(st.sampled_from(["t1", "t2"]), st.sampled_from(["debit", "refund"]), st.integers(0, 9)), max_size=8
    )
)
def test_the_faults_of_a_ledger_are_those_of_its_replay(tmp_path_factory, entries):
    folder = tmp_path_factory.mktemp("ledger")
    lines = "".join(
        f"{task},{kind},{amount},e{number},{1_790_000_000 + number}\n"
        for number, (task, kind, amount) in enumerate(entries)
    )
    report = audited(folder, "t1,gpt-image-2,1,1,\nt2,gpt-image-2,1,1,\n", lines)
    kinds = {"debit": Debit, "refund": Refund}
    told = replay([kinds[kind](task, Decimal(amount)) for task, kind, amount in entries], opening=1_000)
    for kind in ("repeated_debit", "refund_without_debit", "refund_before_debit"):
        assert report.counts.get(kind, 0) == sum(fault.kind == kind for fault in told.faults)
    charged = sum(Fraction(amount) for _, kind, amount in entries if kind == "debit")
    assert report.totals["all"].charged == charged
