"""What an audit found: counts, sums of money, what was not checked, and the findings themselves."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from os import PathLike
from typing import Any

from attrs import asdict, field, frozen

from pricing_rules.audit.meaning.outcomes import CHARGES, FINDINGS, REFUNDS
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.report.findings import Finding, Findings
from pricing_rules.audit.report.groups import (
    PARTS,
    Account,
    Group,
    Money,
    balance,
    counted,
    credits_of,
    document,
    gathered,
    money,
    rows_of,
)
from pricing_rules.audit.report.tasks import Tasks
from pricing_rules.audit.report.unknown import Unknown
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, shown

MOST_ACCOUNTS = 1_000


@frozen
class NotChecked:
    """A check that could not be made: its name, why, and whether an audit is incomplete without it."""

    name: str
    why: str
    needed: bool = False


@frozen
class AuditReport:
    """What an audit found; every amount is an exact Decimal in credits.

    Attributes:
        service: id of the service.
        catalog_version: ISO date of the catalog.
        sources: names of the files or tables.
        groups: rows by verdict.
        not_checked: what could not be checked and why.
        tasks: what was found about tasks with several rows.
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
    assumed: Mapping[str, str] = {}

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
        return counted(_in(self.groups, "malformed"), lambda group: [str(group.reason)])

    @property
    def filtered(self) -> dict[str, int]:
        """Count the rows that were left out, by reason."""
        return counted(_in(self.groups, "filtered"), lambda group: [str(group.reason)])

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
        return tuple(Account(name, rows, credits_of(owed), credits_of(lost)) for name, rows, owed, lost in each)

    @property
    def examples(self) -> Mapping[str, str]:
        """Return one task of each kind of finding: the first by its id."""
        return self._findings.examples()

    @property
    def owed_to_customers(self) -> tuple[Decimal, int]:
        """Return the credits that customers are owed, and on how many rows."""
        owed, rows = _balance(self.judged, 1)
        return owed - self.tasks.owed, rows - self.tasks.owed_rows

    @property
    def lost_by_service(self) -> tuple[Decimal, int]:
        """Return the credits that the service lost, and on how many rows."""
        lost, rows = _balance(self.judged, -1)
        return lost - self.tasks.lost, rows - self.tasks.lost_rows

    @property
    def unjudged(self) -> int:
        """Count the rows whose status is not known, of which nothing is said that is owed."""
        return self.counts.get("unknown_status", 0)

    @property
    def unknown(self) -> dict[Unknown, int]:
        """Count the rows of each word for a status or a model that is not known, most rows first."""
        found = counted(self.judged, lambda group: group.unknown)
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0].of, each[0].word or "")))

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
        _check(kind, limit)
        return self._findings.listed(kind, limit)

    def write(self, path: str | PathLike[str]) -> None:
        """Write every finding to a .parquet, .csv or .jsonl file, whole or not at all."""
        self._findings.write(path)

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the findings, JSON-ready; an amount is an exact decimal text in credits."""
        return {
            "service": self.service,
            "catalog_version": self.catalog_version,
            "sources": list(self.sources),
            "rows_read": self.rows_read,
            "rows_judged": self.rows_judged,
            "malformed": self.malformed,
            "filtered": self.filtered,
            "counts": self.counts,
            "outcomes": self.outcomes,
            "totals": {name: document(sums) for name, sums in self.totals.items()},
            "owed_to_customers": balance(*self.owed_to_customers, self.unjudged),
            "lost_by_service": balance(*self.lost_by_service, self.unjudged),
            "unknown": [each.as_dict(rows) for each, rows in self.unknown.items()],
            "pending_refunds": self.pending_refunds,
            "outputs_above_one": dict(zip(("rows", "charged_as_one"), self.flat_charges, strict=True)),
            "by_model": [{"model": model, **document(sums)} for model, sums in self.by_model.items()],
            "by_day": [{"day": day, **document(sums)} for day, sums in self.by_day.items()],
            "by_account": [each.as_dict() for each in self.by_account],
            "extra_rows": self.tasks.as_dict(),
            "assumed": dict(self.assumed),
            "not_checked": [asdict(each) for each in self.not_checked],
            "exit_code": self.exit_code,
        }


def _check(kind: object, limit: object) -> None:
    if kind is not None and not isinstance(kind, str):
        raise TypeError(f"kind is the name of a finding such as 'overcharged', not {shown(kind)}")
    if kind is not None and kind not in FINDINGS:
        raise UnusableLog(f"there is no finding {shown(kind)}.{hint(kind, FINDINGS)} There are {', '.join(FINDINGS)}")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
        raise TypeError(f"limit is a whole number of findings, not {shown(limit)}")
    if limit is not None and limit < 0:
        raise UnusableLog(f"limit is a number of findings, 0 or more, not {shown(limit)}")


def _in(groups: tuple[Group, ...], state: str) -> list[Group]:
    return [group for group in groups if group.state == state]


def _balance(judged: tuple[Group, ...], side: int) -> tuple[Decimal, int]:
    rows = [group for group in judged if group.balance == side]
    return credits_of(side * sum(group.net for group in rows)), rows_of(rows)


def day_of(day: int | None) -> str | None:
    """Return the ISO date of UTC microseconds."""
    return None if day is None else (EPOCH + timedelta(microseconds=day)).date().isoformat()
