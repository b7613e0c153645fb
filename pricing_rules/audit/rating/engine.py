"""The rating of a log: each distinct row is rated once, in Python, and counts as often as it stands in the log."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from attrs import evolve, field, frozen

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import new_prefix
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.log.expressions import text
from pricing_rules.audit.log.layout import Layout, layout
from pricing_rules.audit.log.part import Part, raw
from pricing_rules.audit.log.places import Objects, found_columns
from pricing_rules.audit.log.records import Judge
from pricing_rules.audit.meaning.case import Kept, Scope
from pricing_rules.audit.rating.answer import Dimension
from pricing_rules.audit.rating.meaning import Outcome, Rate, Rater, Tariffs
from pricing_rules.catalog.columns import PRICED
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, listed, shown

READ = ("model", "status", "credits_used", "service", "created_at", *PRICED, "account", "custom_multiplier")
SUMS = ("before_low", "before_high", "then_low", "then_high", "more_low", "more_high")
MOST = 10_000  # outcomes that are told apart


@frozen
class Bin:
    """The distinct rows of parts that are grouped alike: their layout, and the queries of their rows."""

    layout: Layout
    rows: tuple[str, ...]


@frozen
class Total:
    """Rows with one outcome, of one account and day where they are told apart, and their sums in micros."""

    outcome: Outcome
    account: str | None
    day: int | None
    tasks: int
    sums: tuple[int, ...]


@frozen
class Ratings:
    """A rating under way.

    Attributes:
        engine: that has the log.
        tariffs: that its rows are rated under.
        by: what is told apart.
        plan_column: that names the plan of each row; None where the account does.
        outcomes: of the rows, by their numbers.
        plans: that rows have.
    """

    engine: Engine
    tariffs: Tariffs
    by: tuple[Dimension, ...]
    plan_column: str | None = None
    prefix: str = field(factory=new_prefix)
    outcomes: dict[Outcome, int] = field(factory=dict)
    plans: set[str] = field(factory=set)

    def totals(self, parts: Sequence[Part]) -> tuple[Total, ...]:
        """Rate all rows.

        Raises:
            UnusableLog: a column is missing, or some parts tell the charges and others do not.
            UnreadableLog: a part cannot be read; names it.
        """
        with self.engine.shown(", ".join(dict.fromkeys(part.name for part in parts))):
            bins = self._bins(parts)
            return tuple(chain.from_iterable(self._rated(number, each) for number, each in enumerate(bins)))

    def _bins(self, parts: Sequence[Part]) -> tuple[Bin, ...]:
        found: list[tuple[Layout, object, list[str]]] = []
        for part in parts:
            own, rows = self._planned(part)
            types = (part.columns, part.nested)
            known = next((queries for other, kinds, queries in found if (other, kinds) == (own, types)), None)
            if known is None:
                found.append((own, types, known := []))
            known.append(rows)
        charged = {"credits_used" in own.columns for own, _, _ in found}
        if len(charged) > 1 and self.tariffs.against is None:
            raise UnusableLog("some of the files tell the credits that were charged and others do not; rate them apart")
        return tuple(Bin(own, tuple(queries)) for own, _, queries in found)

    def _planned(self, part: Part) -> tuple[Layout, str]:
        """Return how the rows of a part are grouped, and their query."""
        catalog, dialect = self.tariffs.reader, self.engine.dialect
        objects = Objects(dialect)
        by_account = "account" in self.by or (self.tariffs.plans and self.plan_column is None)
        dated = ("created_at",) if "day" in self.by else ()
        needed = ("model", *(("account",) if by_account else ()), *dated)
        every = found_columns(catalog, part, objects, needed=needed)
        columns = {name: every[name] for name in READ if name in every}
        found = layout(catalog, columns, Scope(), dialect, part.parsed)
        found = evolve(found, values={**found.values, "u_plan": self._plan(part, found)})
        return found, found.rows(objects.relation(part.relation))

    def _plan(self, part: Part, found: Layout) -> str:
        """Write which plan a row has: what its column says, else its account where that has one."""
        column = self.plan_column
        if column is None:
            names = ", ".join(literal(name, self.engine.dialect) for name in self.tariffs.plans)
            account = found.values.get("u_account")
            return f"CASE WHEN {account} IN ({names}) THEN {account} END" if names else "CAST(NULL AS STRING)"
        if column not in part.columns:
            raise UnusableLog(
                f"there is no column {shown(column)} in the log, which names the plan."
                f"{hint(column, part.columns)} It has {listed(part.columns, 'and')}"
            )
        name = identifier(part.names.get(column, column), self.engine.dialect)
        return text(raw(f"r.{name}", part.columns[column]))

    def _rated(self, number: int, found: Bin) -> Iterator[Total]:
        groups, cases, rates = (f"{self.prefix}{name}_{number}" for name in ("groups", "cases", "rates"))
        names = ("u_plan", *found.layout.names)
        own = {"account": found.layout.own("account"), "day": found.layout.day}
        told = [f"{text if name in self.by else 'NULL'} AS {name}_of" for name, text in own.items()]
        rows = " UNION ALL ".join(f"({query})" for query in found.rows)
        listed_ = ", ".join(names)
        self.engine.table(groups, f"SELECT {', '.join(told)}, {listed_}, COUNT(*) AS n FROM ({rows}) q GROUP BY ALL")
        self.engine.numbered(cases, f"SELECT DISTINCT {listed_} FROM {groups}", 0)
        shape = dict.fromkeys(("gid", "outcome", *SUMS), "BIGINT")
        self.engine.relation(rates, shape, self._rates(cases, found.layout))
        sums = ", ".join(f"CAST(SUM(CAST(g.n AS HUGEINT) * r.{name}) AS HUGEINT)" for name in SUMS)
        query = (
            f"SELECT r.outcome, g.account_of, g.day_of, CAST(SUM(g.n) AS BIGINT), {sums} FROM {groups} g "
            f"JOIN {cases} c ON {alike(names, 'g', 'c')} JOIN {rates} r ON r.gid = c.gid GROUP BY 1, 2, 3"
        )
        outcomes = tuple(self.outcomes)
        for outcome, account, day, tasks, *sums_ in self.engine.rows(query):
            yield Total(outcomes[outcome], account, day, tasks, tuple(sums_))

    def _rates(self, cases: str, found: Layout) -> Iterator[tuple[Any, ...]]:
        """Rate the distinct rows; yield the number of each, that of its outcome, and its micros."""
        rater = Rater(self.tariffs)
        judge = Judge(self.tariffs.reader, found, Scope(), Kept())
        for page in self.engine.pages(cases):
            for number, plan, *values in page:
                others, amounts = tuple(values[: found.amounts]), tuple(values[found.amounts :])
                one = rater.rate(judge.record(others, 0), judge.charged(amounts), plan)
                if plan is not None:
                    self.plans.add(plan)
                yield (number, self._numbered(one), *one.before, *one.then, *one.difference)

    def _numbered(self, one: Rate) -> int:
        """Return the number of an outcome; where a log has too many, what it says of itself is told together."""
        outcome = one.outcome
        if outcome not in self.outcomes and len(self.outcomes) >= MOST and outcome.kind == "unpriced":
            outcome = evolve(outcome, model=None, asked="")
        return self.outcomes.setdefault(outcome, len(self.outcomes))
