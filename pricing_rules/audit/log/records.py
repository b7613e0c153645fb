"""The records of a log, from the rows of its group: each value as it stood, or what makes it unreadable."""

from typing import Any

from attrs import field, frozen

from pricing_rules.audit.log.layout import FLAGS, LOGGED, Layout
from pricing_rules.audit.log.reduction import SIZES
from pricing_rules.audit.meaning.case import Case, Kept, case_of, keep
from pricing_rules.audit.meaning.outcomes import Record
from pricing_rules.audit.meaning.record import CONFLICT, Amounts, Given, read_given, read_whole, reader
from pricing_rules.audit.meaning.record import amounts as amounts_of
from pricing_rules.audit.meaning.scope import Scope
from pricing_rules.audit.meaning.stated import agreed, measured_or_not
from pricing_rules.audit.meaning.values import dotted, micros
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

Row = tuple[Any, ...]


@frozen
class Judge:
    """Judges distinct rows: a case once for all rows that differ in amounts alone, amounts once for all cases."""

    catalog: Catalog
    layout: Layout
    scope: Scope
    kept: Kept
    cases: dict[Row, Case] = field(factory=dict)
    refunds: dict[Row, Given] = field(factory=dict)

    def case(self, others: Row) -> Case:
        """Judge all of a row but its amounts, by the first columns of its group."""
        known = self.cases.get(others)
        if known is None:
            record = self.record(others, 0)
            known = keep(self.cases, others, case_of(self.catalog, record, self.scope, self.kept))
        return known

    def charged(self, amounts: Row) -> Amounts:
        """Return the amounts of a row, by the last columns of its group."""
        charge = self.layout.charge
        stated, given = self.stated(amounts[: charge.stop]), self.given(amounts[charge.stop :])
        stated, logs = stated[charge.start :], stated[: charge.start]
        logged = _agreed(logs) if logs else ABSENT
        return amounts_of(stated[0] if len(stated) == 1 else _agreed(stated), given, logged)

    def stated(self, charges: Row) -> Row:
        """Return what the places of the charge say, each with a point as its decimal sign."""
        if not self.layout.has_commas:
            return charges
        keys = self.layout.keys[self.layout.amounts :]
        return tuple(dotted(value, key.decimal) for value, key in zip(charges, keys, strict=False))

    def given(self, refunds: Row) -> Given:
        """Return what a row says was given back, by the last columns of its group."""
        known = self.refunds.get(refunds)
        if known is None:
            record = self.record(refunds, self.layout.amounts + self.layout.charge.stop)
            known = keep(self.refunds, refunds, read_given(self.catalog, record))
        return known

    def values(self, row: Row) -> dict[str, Any]:
        """Return what a row says, by column, and what its log says was charged where a ledger tells the charge."""
        start = self.layout.amounts
        values = read_whole(self.catalog, {**self.record(row[:start], 0), **self.record(row[start:], start)})
        logged = self.charged(row[start:]).logged
        return values if logged is ABSENT else {**values, LOGGED: logged}

    def record(self, values: Row, start: int) -> Record:
        """Return the record that some columns of the group tell, from one on."""
        stated: dict[str, list[object]] = {}
        record: dict[str, object] = {} if start else {"task_id": "task"}
        for key, value in zip(self.layout.keys[start : start + len(values)], values, strict=True):
            if key.column in SIZES:
                record |= {key.column: value} if value != -1 else {}
            elif key.column == FLAGS:
                accused = (names for bit, names in enumerate(self.layout.flags) if value >> bit & 1)
                record |= {name: CONFLICT for names in accused for name in names}
            else:
                told = measured_or_not(dotted(value, key.decimal), key.measure)
                stated.setdefault(key.column, []).append(told)
        for name, each in stated.items():
            own = reader(self.catalog, "credits_used" if name == LOGGED else name)
            record.setdefault(name, each[0] if len(each) == 1 else agreed(own, each))
        return record


def _agreed(places: Row) -> object:
    """Return what the places of a charge say."""
    return agreed(micros, places)
