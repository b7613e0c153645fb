"""What a usage record would have cost under another tariff, and what that is more or less than before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from attrs import evolve, field, frozen

from pricing_rules.audit.meaning.case import once
from pricing_rules.audit.meaning.outcomes import Record, Unpriced
from pricing_rules.audit.meaning.prices import argument, micro, offers, priced_by
from pricing_rules.audit.meaning.reader import state_of
from pricing_rules.audit.meaning.record import Amounts, Reading, first_unreadable, read
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.catalog.records import Catalog, Model
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import current_instant
from pricing_rules.request.body import ABSENT

Kind = Literal["rated", "failed", "unpriced", "malformed", "left_out"]
Micros = tuple[int, int]  # from a least to a most


@frozen
class Tariffs:
    """The tariffs that a record is rated under.

    Attributes:
        then: the one that is tried.
        against: the one that it is compared with, at the instant of each record; None for the charges.
        plans: of some accounts, instead of `then`.
        at: the instant at which `then` and the plans are read; None for the version of each.
    """

    then: Catalog
    against: Catalog | None = None
    plans: Mapping[str, Catalog] = field(factory=dict)
    at: datetime | None = None

    @property
    def reader(self) -> Catalog:
        """Return the catalog whose words the log speaks: the one that the tasks were charged by."""
        return self.against or self.then

    @property
    def services(self) -> frozenset[str]:
        """Return the ids that a row may say it is of: those of the tariffs and of all sellers below."""
        every = (self.then, *((self.against,) if self.against else ()), *self.plans.values())
        return frozenset[str]().union(*map(_sellers, every))


@frozen
class Ways:
    """What a record could have cost, by the way in which it is read where it leaves something open.

    Attributes:
        editions: of each edition that could have held, the micros of each way that has a price.
        reason: why there is none: unknown_model, before_first_price, outputs or tier; None where there is one.
        asked: what was asked for that has no price, such as "duration 15".
    """

    editions: tuple[Mapping[tuple[object, ...], int], ...]
    reason: Literal["unknown_model"] | Unpriced | None = None
    asked: str = ""


def ways(catalog: Catalog, model: Model, reading: Reading) -> Ways:
    """Return every way in which a record can be read and has a price, with that price."""
    fits = offers(catalog, model, reading)
    found: dict[datetime | None, dict[tuple[object, ...], int]] = {}
    for each in fits.found:
        found.setdefault(each.edition.since, {})[each.way] = micro(each.quote.credits)
    asked = ", ".join(_asked(catalog, name, reading) for name in sorted(fits.missing)) if fits.reason else ""
    return Ways(tuple(found.values()), fits.reason, asked)


def _asked(catalog: Catalog, name: str, reading: Reading) -> str:
    stated = reading.stated(name)
    return f"{name} {argument(catalog, name, stated[name])}" if stated else f"no {name}"


@frozen
class Outcome:
    """What becomes of a record: rated, or why it is not; records with one outcome are added up."""

    kind: Kind
    model: str | None = None
    tariff: Literal["then", "against"] | None = None
    reason: str = ""
    asked: str = ""
    known: bool = False


@frozen
class Rate:
    """The outcome of a record and its micros: before, under the tariff, and what that is more."""

    outcome: Outcome
    before: Micros = (0, 0)
    then: Micros = (0, 0)
    difference: Micros = (0, 0)


@frozen
class Rater:
    """Rates records; what differs in amounts alone is priced once."""

    tariffs: Tariffs
    kept: dict[tuple[object, ...], Ways] = field(factory=dict)

    def rate(self, record: Record, amounts: Amounts, plan: str | None) -> Rate:
        """Rate a record of an account with a plan, or of one without."""
        catalog = self.tariffs.reader
        reading = read(catalog, record)
        unreadable = first_unreadable(reading.unreadable, amounts.unreadable)
        if unreadable:
            return Rate(Outcome("malformed", reason=unreadable))
        if reading.get("service") not in (ABSENT, None, *self.tariffs.services):
            return Rate(Outcome("left_out"))
        old = self._ways(catalog, reading) if self.tariffs.against else None
        before = _before(old, amounts)
        if state_of(catalog, reading.get("status")) == "failed":
            return Rate(Outcome("failed", reason="failed", known=before is not None), before or (0, 0))
        model = reading.get("model")
        if plan is not None and plan not in self.tariffs.plans:
            return _unpriced(model, "then", "unknown_plan", "", before)
        new = self._then(reading, plan)
        if new.reason:
            return _unpriced(model, "then", new.reason, new.asked, before)
        if old and old.reason:
            return _unpriced(model, "against", old.reason, old.asked, _before(None, amounts))
        now = _span(new)
        outcome = Outcome("rated", model, known=before is not None)
        return Rate(outcome, before or (0, 0), now, _difference(new, old, before))

    def _then(self, reading: Reading, plan: str | None) -> Ways:
        catalog = self.tariffs.then if plan is None else self.tariffs.plans[plan]
        at = self.tariffs.at or current_instant(catalog)
        instant = (at - EPOCH) // timedelta(microseconds=1)
        return self._ways(catalog, evolve(reading, values={**reading.values, "created_at": instant}))

    def _ways(self, catalog: Catalog, reading: Reading) -> Ways:
        model = catalog.models.get(reading.get("model"))
        if model is None:
            return Ways((), "unknown_model")
        key = (id(catalog), *priced_by(catalog, model, reading))
        return once(self.kept, key, ways, catalog, model, reading)


def _before(old: Ways | None, amounts: Amounts) -> Micros | None:
    """Return what a record cost: by the other tariff if there is one, else as charged; None if that is unknown."""
    if old and not old.reason:
        return _span(old)
    return None if amounts.charged is None else (amounts.charged, amounts.charged)


def _span(found: Ways) -> Micros:
    every = [micros for priced in found.editions for micros in priced.values()]
    return min(every), max(every)


def _unpriced(
    model: object, tariff: Literal["then", "against"], reason: str, asked: str, before: Micros | None
) -> Rate:
    name = model if isinstance(model, str) else None
    outcome = Outcome("unpriced", name, tariff, reason, asked, before is not None)
    return Rate(outcome, before or (0, 0))


def _difference(new: Ways, old: Ways | None, before: Micros | None) -> Micros:
    """Return what a record costs more: way by way if both tariffs leave the same open, else at the least and most."""
    now = _span(new)
    if before is None:
        return (0, 0)
    (priced,) = new.editions
    found: list[int] = []
    for other in old.editions if old else ():
        if priced.keys() == other.keys():
            found += [micros - other[way] for way, micros in priced.items()]
        else:
            found += [now[0] - max(other.values()), now[1] - min(other.values())]
    return (min(found), max(found)) if found else (now[0] - before[1], now[1] - before[0])


def _sellers(catalog: Catalog) -> frozenset[str]:
    below = (price.debit.catalog for price in catalog.prices if isinstance(price, Sale) and price.debit)
    return frozenset({catalog.id}).union(*map(_sellers, {id(one): one for one in below}.values()))
