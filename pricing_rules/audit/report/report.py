"""What an audit found: counts, sums of money, what was not checked, and the findings themselves."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from os import PathLike, fspath
from typing import Any

from attrs import field, frozen

from pricing_rules.answers import html_table
from pricing_rules.audit.meaning.outcomes import CHARGES, FINDINGS, REFUNDS
from pricing_rules.audit.report.document import balances, document_of
from pricing_rules.audit.report.explanation import Explanation
from pricing_rules.audit.report.findings import Finding, Findings, check_wanted
from pricing_rules.audit.report.groups import (
    PARTS,
    Group,
    Money,
    balance_of,
    counted,
    credits_of,
    day_of,
    gathered,
    money,
    reasons,
    rows_of,
)
from pricing_rules.audit.report.notes import Account, Kind, NotChecked, by_day_and_kind, kinds_of
from pricing_rules.audit.report.page.page import MOST_EXAMPLES, page
from pricing_rules.audit.report.statements import write_statements
from pricing_rules.audit.report.tasks import Tasks
from pricing_rules.audit.report.unknown import Unknown, most_first
from pricing_rules.audit.report.words import WORDS, verdict_of
from pricing_rules.spelling import brief, shown

MOST_ACCOUNTS = 1_000


@frozen(repr=False)
class AuditReport:
    """What an audit found; every amount is an exact Decimal in credits.

    Attributes:
        service: id of the service.
        catalog_version: ISO date of the catalog.
        sources: names of the files or tables.
        groups: rows by verdict.
        not_checked: what could not be checked and why.
        tasks: what was found about tasks with several rows.
        ledger: findings about the entries of a ledger, by kind.
        unchecked: needed checks that the caller does without.
        title: the name of the service.
        options: what was asked for beside the log, in words.
        assumed: what columns were taken to say that the log has not.
    """

    service: str
    catalog_version: str
    sources: tuple[str, ...]
    groups: tuple[Group, ...]
    not_checked: tuple[NotChecked, ...]
    tasks: Tasks
    ledger: Mapping[str, int]
    unchecked: frozenset[str]
    _findings: Findings = field(repr=False, eq=False)
    title: str = ""
    options: Mapping[str, str] = field(factory=dict)
    assumed: Mapping[str, str] = field(factory=dict)

    def __repr__(self) -> str:
        return brief(self, "service", "rows_read", "rows_judged", "counts", "exit_code")

    def _repr_html_(self) -> str:
        rows = ((kind, f"{rows:,}", WORDS[kind]) for kind, rows in self.counts.items())
        return html_table(self.sentence, ("finding", "rows", "in words"), rows)

    @property
    def sentence(self) -> str:
        """Say what customers are owed and the service lost; of rows whose status is not known, how many they are."""
        return verdict_of({"rows_read": self.rows_read, "rows_judged": self.rows_judged, **balances(self)})

    @property
    def judged(self) -> tuple[Group, ...]:
        """Return the groups of rows that were judged."""
        return tuple(group for group in self.groups if group.state == "judged")

    @property
    def rows_read(self) -> int:
        """Count the rows of the log."""
        return rows_of(self.groups)

    @property
    def rows_judged(self) -> int:
        """Count the rows that were judged."""
        return rows_of(self.judged)

    @property
    def malformed(self) -> dict[str, int]:
        """Count the rows that could not be read, by the column that could not be."""
        return reasons(self.groups, "malformed")

    @property
    def filtered(self) -> dict[str, int]:
        """Count the rows that were left out, by reason."""
        return reasons(self.groups, "filtered")

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each kind of finding; kinds without any are left out."""
        found = {**counted(self.groups, lambda group: group.kinds), **self.tasks.rows, **self.ledger}
        return {kind: found[kind] for kind in FINDINGS if found.get(kind)}

    @property
    def outcomes(self) -> dict[str, int]:
        """Count the rows by outcome of the charge and of the refund."""
        found = counted(self.judged, lambda group: (group.charge, group.refund))
        return {outcome: found[outcome] for outcome in (*CHARGES, *REFUNDS) if outcome in found}

    @property
    def totals(self) -> dict[str, Money]:
        """Add up the charges: priced by a document or a reading, possible, beyond every price, without a price, all."""
        parts = {name: [group for group in self.judged if group.part == name] for name in PARTS}
        return {name: money(rows) for name, rows in {**parts, "all": self.judged}.items()}

    @property
    def by_model(self) -> Mapping[str | None, Money]:
        """Add up the rows of each model; None are those of unknown ones."""
        return gathered(sorted(self.judged, key=lambda group: group.model or "~"), lambda group: group.model)

    @property
    def by_day(self) -> Mapping[str | None, Money]:
        """Add up the rows of each day in UTC, by its ISO date; None are those without one."""
        return gathered(sorted(self.judged, key=lambda group: group.day or -1), lambda group: day_of(group.day))

    @property
    def by_account(self) -> tuple[Account, ...]:
        """Return the accounts with findings, most rows first, at most 1,000; the last without a name is all others."""
        each = self._findings.accounts(MOST_ACCOUNTS)
        return tuple(
            Account(name, rows, credits_of(owed), credits_of(lost), left) for name, rows, owed, lost, left in each
        )

    @property
    def by_kind(self) -> Mapping[str, Kind]:
        """Add up the findings of each kind."""
        return kinds_of(self._findings.kinds())

    @property
    def findings_by_day(self) -> Mapping[str | None, Mapping[str, int]]:
        """Count the findings of each kind on each day in UTC, by its ISO date; None are those without one."""
        return by_day_and_kind(self._findings.daily())

    @property
    def owed_to_customers(self) -> tuple[Decimal, int]:
        """Return the credits that customers are owed, and on how many rows."""
        owed, rows = balance_of(self.judged, 1)
        return owed - self.tasks.owed, rows - self.tasks.owed_rows

    @property
    def lost_by_service(self) -> tuple[Decimal, int]:
        """Return the credits that the service lost, and on how many rows."""
        lost, rows = balance_of(self.judged, -1)
        return lost - self.tasks.lost, rows - self.tasks.lost_rows

    @property
    def unjudged(self) -> int:
        """Count the rows whose status is not known, of which nothing is said that is owed."""
        return self.counts.get("unknown_status", 0)

    @property
    def unknown(self) -> dict[Unknown, int]:
        """Count the rows of each word for a status or a model that is not known, most rows first."""
        return most_first(counted(self.judged, lambda group: group.unknown))

    @property
    def pending_refunds(self) -> int:
        """Count the pending rows with a refund."""
        return rows_of(group for group in self.judged if group.given_back)

    @property
    def flat_charges(self) -> tuple[int, int]:
        """Count the rows with several outputs, and those of them that were charged as one."""
        several = [group for group in self.judged if group.outputs]
        return rows_of(several), rows_of(group for group in several if group.flat)

    @property
    def unmet(self) -> tuple[str, ...]:
        """Name the needed checks that could not be made and that the caller does not do without."""
        return tuple(each.name for each in self.not_checked if each.needed and each.name not in self.unchecked)

    @property
    def incomplete(self) -> bool:
        """Tell whether a needed check is unmet, or no row was judged though some are not outside the time asked for."""
        outside = sum(self.filtered.get(reason, 0) for reason in ("since", "until"))
        return bool(self.unmet) or self.rows_read - outside > self.rows_judged == 0

    @property
    def exit_code(self) -> int:
        """Return 1 where something was found, else 2 where the audit is incomplete, else 0."""
        return 1 if self.counts else 2 if self.incomplete else 0

    def findings(self, kind: str | None = None, limit: int | None = None) -> Iterator[Finding]:
        """Yield the findings, of one kind or of all, at most `limit`; amounts are Decimal credits, times are in UTC.

        Raises:
            TypeError: the kind is no text, or the limit no whole number.
            UnusableLog: there is no such kind, or the limit is negative.
        """
        check_wanted(kind, limit)
        return self._findings.listed(kind, limit)

    def explain(self, task_id: str) -> Explanation:
        """Explain how a task was judged: its rows are read again, and judged one by one.

        Raises:
            TypeError: the id is no text.
            UnusableLog: the log has no such task.
            UnreadableLog: a file cannot be read any more; names it.
        """
        if not isinstance(task_id, str):
            raise TypeError(f"a task's id is text, not {shown(task_id)}")
        return self._findings.explained(task_id)

    def html(self, *, mask_accounts: bool = False) -> str:
        """Write the report as one HTML page that stands alone, without prompts and bodies; accounts may be numbered."""
        examples = {kind: self._findings.largest(kind, MOST_EXAMPLES) for kind in self.counts}
        return page(self.title or self.service, self.as_dict(), examples, masked=mask_accounts)

    def statements(self, folder: str | PathLike[str]) -> int:
        """Write a page and a CSV for each account to a new folder, and an index, or nothing; return how many there are.

        Raises:
            UnusableLog: no column tells the account, or the folder holds something.
            OSError: it cannot be written.
        """
        about = f"{self.title or self.service} by the catalog of {self.catalog_version}"
        return write_statements(self._findings.statements(), fspath(folder), self.title or self.service, about)

    def write(self, path: str | PathLike[str]) -> None:
        """Write every finding to a .parquet, .csv or .jsonl file, whole or not at all."""
        self._findings.write(path)

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the findings, JSON-ready; an amount is an exact decimal text in credits."""
        return document_of(self)
