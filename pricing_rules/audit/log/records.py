"""The records of a log, from the rows of its group: each value as it stood, or what makes it unreadable."""

from typing import Any

from attrs import field, frozen

from pricing_rules.audit.log.layout import FLAGS, Layout
from pricing_rules.audit.log.reduction import SIZES
from pricing_rules.audit.meaning.case import Case, Kept, Scope, case_of, once
from pricing_rules.audit.meaning.outcomes import Record
from pricing_rules.audit.meaning.reader import CONFLICT, agreed, attempted, charge, reader
from pricing_rules.audit.meaning.record import LOGGED, Amounts, Given, read_given, read_whole
from pricing_rules.audit.meaning.record import amounts as amounts_of
from pricing_rules.audit.meaning.values import dotted, measured
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
        return once(self.cases, others, self._case, others)

    def _case(self, others: Row) -> Case:
        return case_of(self.catalog, self.record(others, 0), self.scope, self.kept)

    def charged(self, amounts: Row) -> Amounts:
        """Return the amounts of a row, by the last columns of its group."""
        own, refunds = amounts[: self.layout.charge.stop], amounts[self.layout.charge.stop :]
        if self.layout.has_commas:
            keys = self.layout.keys[self.layout.amounts :]
            own = tuple(dotted(value, key.decimal) for value, key in zip(own, keys, strict=False))
        logs, stated = own[: self.layout.charge.start], own[self.layout.charge.start :]
        given = once(self.refunds, refunds, self._given, refunds)
        logged = agreed(charge, logs) if logs else ABSENT
        return amounts_of(stated[0] if len(stated) == 1 else agreed(charge, stated), given, logged)

    def _given(self, refunds: Row) -> Given:
        return read_given(self.catalog, self.record(refunds, self.layout.amounts + self.layout.charge.stop))

    def values(self, row: Row) -> dict[str, Any]:
        """Return what a row says, by column, and what its log says was charged where a ledger tells the charge."""
        start = self.layout.amounts
        values = read_whole(self.catalog, {**self.record(row[:start], 0), **self.record(row[start:], start)})
        logged = self.charged(row[start:]).logged
        return values if logged is None else {**values, LOGGED: logged}

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
                told = attempted(measured, dotted(value, key.decimal), key.measure)
                stated.setdefault(key.column, []).append(told)
        for name, each in stated.items():
            own = reader(self.catalog, "credits_used" if name == LOGGED else name)
            record.setdefault(name, each[0] if len(each) == 1 else agreed(own, each))
        return record
