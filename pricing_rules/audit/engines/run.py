"""An audit from its parts to its report: group, judge, add up, look for tasks with several rows."""

from collections.abc import Callable

from attrs import evolve

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.engines.distinct import grouped, merged, unmerged
from pricing_rules.audit.engines.faults import find_faults, read_ledger
from pricing_rules.audit.engines.plan import Job, Shelf, new_prefix, shelved
from pricing_rules.audit.engines.several import find_tasks, follow
from pricing_rules.audit.engines.summing import summed
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.options import Options, asked
from pricing_rules.audit.report.findings import Findings
from pricing_rules.audit.report.notes import NotChecked, not_checked
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.report.sums import Sums
from pricing_rules.audit.report.tasks import Tasks
from pricing_rules.audit.store import Store
from pricing_rules.catalog.records import Catalog

MERGED = 2_000_000  # groups of several parts that are made one before they are judged


def audit_parts(
    catalog: Catalog,
    engine: Engine,
    parts: tuple[Part, ...],
    options: Options,
    found: Callable[[Job], Findings],
    store: Store | None = None,
) -> AuditReport:
    """Audit the parts of a log by the engine that has them; `found` keeps the findings once they are asked for."""
    job = Job(catalog, engine, options, new_prefix(), store=store)
    ledger = read_ledger(job) if options.ledger is not None else None
    job = evolve(job, shelves=shelved(job, parts, ledger.sums if ledger else None))
    _group(job)
    sums, tasks = Sums(catalog), Tasks()
    with job.shown():
        mismatches = summed(job, sums)
        if options.duplicates or options.history:
            several = find_tasks(job)
            tasks = several if options.duplicates else tasks
        if options.history:
            mismatches -= follow(job, sums)
        faults = find_faults(job, ledger, mismatches) if ledger else {}
    return AuditReport(
        catalog.id,
        catalog.version,
        job.sources,
        sums.groups(),
        _not_checked(job),
        tasks,
        faults,
        options.unchecked,
        found(job),
        catalog.title,
        asked(options),
        _assumed(job),
    )


def _not_checked(job: Job) -> tuple[NotChecked, ...]:
    layouts = [shelf.layout for shelf in job.shelves]
    told = frozenset.intersection(*(frozenset(each.columns) for each in layouts))
    refunds, counted = all(each.tells_refunds for each in layouts), any(each.counts for each in layouts)
    return not_checked(job.catalog, told, refunds=refunds, counted=counted, history=job.options.history)


def _assumed(job: Job) -> dict[str, str]:
    """Return what was assumed of columns that some part of the log has not."""
    names = {name for shelf in job.shelves for name in shelf.layout.assumed}
    return {name: value for name, value in job.options.mapping.assumed.items() if name in names}


def _group(job: Job) -> None:
    """Group the rows of each part; what is done is told before and after each, and kept where there is a store."""
    each = [(shelf, plan) for shelf in job.shelves for plan in shelf.plans]
    done, every = 0, sum(plan.part.size for plan in job.plans)
    tables: dict[str, list[str]] = {}
    _tell(job, done, every)
    for number, (shelf, plan) in enumerate(each):
        with job.engine.shown(plan.part.name):
            own = job.name(f"part_{number}")
            job.engine.numbered(own, job.kept(plan, grouped(shelf.layout, plan.rows), "groups"), 0)
        tables.setdefault(shelf.daily, []).append(own)
        done += plan.part.size
        _tell(job, done, every)
    with job.shown():
        for shelf in job.shelves:
            _merge(job, shelf, tables[shelf.daily])


def _merge(job: Job, shelf: Shelf, tables: list[str]) -> None:
    """Make the groups of several parts those of their shelf: one for each distinct row, unless they are too many."""
    rows = " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables)
    few = len(tables) > 1 and job.engine.rows(f"SELECT COUNT(*) FROM ({rows}) r")[0][0] <= MERGED
    job.engine.numbered(shelf.daily, merged(shelf.layout, rows) if few else unmerged(shelf.layout, rows), 0)


def _tell(job: Job, done: int, every: int) -> None:
    if job.options.progress:
        job.options.progress(done, every)
