"""The rating of logs: what they would have cost under another tariff."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

from pricing_rules.audit.auditing import Log
from pricing_rules.audit.dispatch import opened_logs
from pricing_rules.audit.engines.spark import is_frame
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.options import text
from pricing_rules.audit.rating.answer import Apart, Dimension, Rated, Rating, Span, gathered, plus
from pricing_rules.audit.rating.engine import Ratings, Total
from pricing_rules.audit.rating.meaning import Tariffs
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import current_instant
from pricing_rules.errors import UnusableLog
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.spelling import hint, shown

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


def rate(
    then: Catalog,
    *logs: Log,
    against: Catalog | None = None,
    at: datetime | None = None,
    plans: Mapping[str, Catalog] = EMPTY,
    plan_column: str | None = None,
    by: tuple[str, ...] = ("model",),
    engine: Any = None,  # noqa: ANN401 -- a DuckDB connection
    memory_limit: str = "2GB",
) -> Rating:
    """Tell what logs would have cost under a tariff: each row is priced anew, and compared with its charge.

    A row that leaves a tier or a count open has a range, from the least to the most that it could cost. Failed tasks,
    which are refunded, and tasks that a tariff has no price for are listed apart and are in no sum. Logs without
    charges are estimated, and need to tell no more than the model.

    Args:
        then: the tariff that is tried.
        logs: files, folders, patterns or Arrow tables; names of tables, with `engine`.
        against: the tariff that it is compared with, read when each task was accepted; without, what was charged.
        at: instant at which `then` and the plans are read, for every row; without, the version of each.
        plans: tariffs of some accounts instead of `then`, by account, or by what `plan_column` says.
        plan_column: column that names the plan of each row; a row without one is rated under `then`.
        by: what the lines of the answer are by: model, account, day.
        engine: the DuckDB connection that has the tables.
        memory_limit: of DuckDB, such as 2GB, where the connection is not yours; what does not fit goes to disk.

    Raises:
        UnusableLog: a needed column is missing, an argument names what there is not, or only some files tell charges.
        UnreadableLog: a file cannot be read; names it.
        TypeError: an argument is of a type that is not allowed here.
        ValueError: an instant has no offset.
    """
    _check(then, logs, against, plans, engine)
    tariffs = Tariffs(then, against, dict(plans), instant(at))
    own, parts = opened_logs(engine, logs, memory_limit)
    work = Ratings(own, tariffs, _dimensions(by), text("plan_column", plan_column))
    totals = work.totals(parts)
    sources = tuple({part.path or part.name: part.name for part in parts}.values())
    return _rating(tariffs, work, totals, sources)


def _check(then: object, logs: Sequence[object], against: object, plans: object, engine: object) -> None:
    check_catalog(then)
    if not (against is None or isinstance(against, Catalog)):
        raise TypeError(f"against is a catalog that load_catalog returns, not {shown(against)}")
    if not isinstance(plans, Mapping) or not all(isinstance(plan, Catalog) for plan in plans.values()):
        raise TypeError(f"plans is a mapping of accounts to catalogs, not {shown(plans)}")
    for name in plans:
        if not text("an account", name):
            raise TypeError("plans is a mapping of accounts to catalogs; an account is text that is not empty")
    if not (engine is None or hasattr(engine, "execute")):
        raise TypeError(f"engine is a DuckDB connection that has the tables, not {shown(engine)}")
    if not logs:
        raise UnusableLog("there is no log to rate")
    if any(map(is_frame, logs)):
        raise TypeError("a log is rated by DuckDB; write the data frame to a Parquet file first")


def _dimensions(by: object) -> tuple[Dimension, ...]:
    if isinstance(by, str) or not isinstance(by, Iterable):
        raise TypeError(f"by is a tuple of names such as ('model', 'account'), not {shown(by)}")
    names = list(by)
    for name in names:
        if name not in DIMENSIONS:
            known = ", ".join(DIMENSIONS)
            raise UnusableLog(f"nothing is rated by {shown(name)}.{hint(name, DIMENSIONS)} There are {known}")
    return tuple(name for name in DIMENSIONS if name in names)


def _rating(tariffs: Tariffs, work: Ratings, totals: Sequence[Total], sources: tuple[str, ...]) -> Rating:
    kinds = {kind: [each for each in totals if each.outcome.kind == kind] for kind in ("rated", "unpriced", "failed")}
    malformed: dict[str, int] = {}
    for each in totals:
        if each.outcome.kind == "malformed":
            malformed[each.outcome.reason] = malformed.get(each.outcome.reason, 0) + each.tasks
    charged = any(each.outcome.known for each in totals)
    return Rating(
        service=tariffs.then.id,
        version=tariffs.then.version,
        at=tariffs.at or current_instant(tariffs.then),
        against="tariff" if tariffs.against else "charges" if charged else None,
        by=work.by,
        sources=sources,
        lines=gathered(map(_line, kinds["rated"]), work.by),
        unpriced=_apart(kinds["unpriced"]),
        failed=_apart(kinds["failed"]),
        malformed=dict(sorted(malformed.items())),
        left_out=sum(each.tasks for each in totals if each.outcome.kind == "left_out"),
        unused_plans=tuple(sorted(tariffs.plans.keys() - work.plans)),
    )


def _line(total: Total) -> Rated:
    before, then, more = _spans(total)
    known = total.outcome.known
    day = None if total.day is None else f"{EPOCH + timedelta(microseconds=total.day):%Y-%m-%d}"
    return Rated(
        total.outcome.model,
        total.account,
        day,
        total.tasks,
        before if known else None,
        then,
        more if known else None,
    )


def _spans(total: Total) -> tuple[Span, ...]:
    amounts = list(map(credits_of, total.sums))
    return tuple(Span(low, high) for low, high in zip(amounts[::2], amounts[1::2], strict=True))


def _apart(totals: Sequence[Total]) -> tuple[Apart, ...]:
    """Add up rows that are in no line, most first."""
    found: dict[tuple[object, ...], Apart] = {}
    for total in totals:
        each = total.outcome
        before = _spans(total)[0] if each.known else None
        key = (each.tariff, each.model, each.reason, each.asked, each.known)
        tasks = total.tasks
        if key in found:
            tasks, before = tasks + found[key].tasks, plus(before, found[key].before)
        found[key] = Apart(each.tariff, each.model, each.reason, each.asked, tasks, before)
    return tuple(sorted(found.values(), key=lambda each: (-each.tasks, each.model or "", each.reason, each.asked)))
