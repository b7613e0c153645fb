"""The findings of an audit by DuckDB: rows in Python, and a file."""

from collections.abc import Iterator
from os import PathLike, fspath

from pricing_rules.audit.evidence.files import write_findings
from pricing_rules.audit.evidence.found import ORDER, Found
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.report.findings import Finding, finding_of


class Findings(Found):
    """The findings of an audit as rows in Python and as files."""

    def listed(self, kind: str | None, limit: int | None) -> Iterator[Finding]:
        """Yield findings of one kind or of all, the first ones in order where there is a limit."""
        table, engine = self.table, self.job.engine
        only = f"s.s_kind = {literal(kind)}" if kind else "1 = 1"
        if limit is not None:
            order = ", ".join(map(identifier, ORDER))
            yield from map(finding_of, engine.rows(f"{self.query(table, only)} ORDER BY {order} LIMIT {limit}"))
            return
        for page in engine.pages(table, lambda rows: self.query(rows, only)):
            yield from map(finding_of, page)

    def write(self, path: str | PathLike[str]) -> None:
        """Write all of them to a file, whole or not at all."""
        table = self.table
        with self.job.shown():
            write_findings(self.job.engine, self.query(table), fspath(path))
