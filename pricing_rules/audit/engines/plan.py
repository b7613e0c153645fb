"""The parts of a log and how their rows are grouped; parts that are grouped alike share their tables."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from itertools import count

from attrs import field, frozen

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.log.layout import Layout, layout
from pricing_rules.audit.log.ledger import with_ledger
from pricing_rules.audit.log.part import ROW, Part
from pricing_rules.audit.log.places import Objects, found_columns
from pricing_rules.audit.log.records import Judge
from pricing_rules.audit.meaning.case import Kept
from pricing_rules.audit.options import Options
from pricing_rules.audit.store import Store
from pricing_rules.catalog.records import Catalog

NUMBERS = count()  # of the audits of a process, whose tables stand side by side
SPACE = 1 << 40  # numbers of the distinct rows of a layout


@frozen
class Plan:
    """A part of a log.

    Attributes:
        part: a file or table, or a step of a file.
        rows: in SQL as they are read, with its objects opened.
        numbered: as they stand there, with the place of each where the format gives one.
        number: of the part.
    """

    part: Part
    rows: str
    numbered: str
    number: int

    @property
    def evidence(self) -> dict[str, str]:
        """Return what is told of a row that is read again: its place in the file."""
        return {"u_row": f"r.{ROW}" if self.part.numbered else "CAST(NULL AS BIGINT)"}


@frozen
class Shelf:
    """Parts that are grouped alike, and the tables of their groups.

    Attributes:
        plans: of the parts.
        layout: how their rows are grouped.
        judge: of these rows.
        daily: table of the groups by day, with how many rows each has, as `n`.
        distinct: table of the groups whatever the day, numbered.
        cases: table of the groups whatever the day and the amounts, numbered.
        start: the first number of `distinct`.
    """

    plans: tuple[Plan, ...]
    layout: Layout
    judge: Judge
    daily: str
    distinct: str
    cases: str
    start: int


@frozen
class Job:
    """An audit under way.

    Attributes:
        catalog: the service's catalog.
        engine: that has the log.
        options: of the audit.
        prefix: how the names of its tables begin.
        shelves: the parts of the log.
        store: keeps what is found out about files; None where there is none.
        made: the tables of distinct rows that are there.
    """

    catalog: Catalog
    engine: Engine
    options: Options
    prefix: str
    shelves: tuple[Shelf, ...] = ()
    store: Store | None = None
    made: set[str] = field(factory=set)

    def name(self, table: str) -> str:
        """Return what a table of this audit is called."""
        return f"{self.prefix}{table}"

    def kept(self, plan: Plan, query: str, what: str) -> str:
        """Return the query of what is found out about a part: kept in the store under a name, where there is one."""
        rows = plan.rows.replace(self.prefix, "")
        return self.store.kept(self.engine, query, plan.part, rows, what) if self.store else query

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Return the plans of all parts."""
        return tuple(plan for shelf in self.shelves for plan in shelf.plans)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the names of the files or tables, a file once for its steps."""
        files = {each.part.path: each.part.name for each in self.plans}
        return tuple(files.values())

    def shown(self) -> AbstractContextManager[None]:
        """Tell what the engine cannot read of any part."""
        return self.engine.shown(", ".join(self.sources))


def new_prefix() -> str:
    """Return how the names of an audit's tables begin."""
    return f"pricing_rules_{next(NUMBERS)}_"


def shelved(job: Job, parts: Iterable[Part], ledger: str | None) -> tuple[Shelf, ...]:
    """Plan the audit of parts.

    Raises:
        UnusableLog: a needed column is missing, a named one, or one has a type that cannot hold it.
    """
    kept = Kept()
    alike: list[tuple[Layout, list[Plan]]] = []
    for place, part in enumerate(parts):
        with job.engine.shown(part.name):
            found, objects = _planned(job, part, ledger)
        plans = next((plans for other, plans in alike if other == found and _typed_alike(part, plans[0].part)), None)
        if plans is None:
            alike.append((found, plans := []))
        rows, numbered = map(objects.relation, (part.relation, part.numbered or part.relation))
        plans.append(Plan(part, found.rows(rows), numbered, place))
    return tuple(_shelf(job, number, found, tuple(plans), kept) for number, (found, plans) in enumerate(alike))


def _shelf(job: Job, number: int, found: Layout, plans: tuple[Plan, ...], kept: Kept) -> Shelf:
    daily, distinct, cases = (job.name(f"{table}_{number}") for table in ("daily", "distinct", "cases"))
    judge = Judge(job.catalog, found, job.options.scope, kept)
    return Shelf(plans, found, judge, daily, distinct, cases, number * SPACE)


def _typed_alike(part: Part, other: Part) -> bool:
    return (part.columns, part.nested) == (other.columns, other.nested)


def _planned(job: Job, part: Part, ledger: str | None) -> tuple[Layout, Objects]:
    catalog, options, dialect = job.catalog, job.options, job.engine.dialect
    objects = Objects(dialect)
    columns = found_columns(catalog, part, objects, mapping=options.mapping, body=options.request_column)
    found = layout(catalog, columns, options.scope, dialect, part.parsed)
    return with_ledger(found, ledger) if ledger else found, objects
