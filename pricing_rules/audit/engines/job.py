"""An audit by DuckDB under way: its plans, its connection, and what its tables are called."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

from attrs import frozen

from pricing_rules.audit.engines.duckdb_files import telling
from pricing_rules.audit.engines.plan import Plan
from pricing_rules.audit.log.ledger import Ledger
from pricing_rules.audit.options import Options
from pricing_rules.audit.sql.tasks import task_columns
from pricing_rules.catalog.records import Catalog

NUMBERS = count()  # of the audits of a process, whose tables stand side by side on a connection


@frozen
class Run:
    """An audit that has its plans and a connection with their relations.

    Attributes:
        catalog: the service's catalog.
        connection: to DuckDB.
        options: of the audit.
        plans: one for each part.
        prefix: how the names of its tables begin.
        summing: bytes that the sums may take, on a connection of our own.
        decided: what decides the sums beside the plans: each file of a ledger.
        faults: of the ledger, by kind.
    """

    catalog: Catalog
    connection: Any
    options: Options
    plans: tuple[Plan, ...]
    prefix: str
    summing: int | None = None
    decided: tuple[object, ...] = ()
    faults: Mapping[str, int] = {}

    def table(self, name: str) -> str:
        """Return what a table of this audit is called."""
        return f"{self.prefix}{name}"

    @property
    def extra(self) -> str:
        """Return what the extra rows of tasks with several are called."""
        return self.table("extra")

    @property
    def ledger(self) -> Ledger:
        """Return what the tables of the ledger are called."""
        return Ledger(self.table("entries"), self.table("ledger"), self.table("faults"))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the files or tables, a file once for its steps."""
        files = {each.part.path: each.part.name for each in self.plans}
        return tuple(files.values())

    def telling(self) -> AbstractContextManager[None]:
        """Tell what DuckDB cannot read of any part."""
        return telling(", ".join(self.names))

    @property
    def task_columns(self) -> tuple[str, ...]:
        """Return the values that tell whether rows of a task are copies, of all parts."""
        return tuple(dict.fromkeys(name for each in self.plans for name in task_columns(each.rows.values)))
