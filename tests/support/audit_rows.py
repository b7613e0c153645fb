"""Usage records to judge: every cross of a family, seeded ones across families, and columns that a log leaves out."""

import random
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import product

from pricing_rules import Catalog, options
from pricing_rules.audit.meaning.prices import starts

Record = dict[str, str | None]


@cache
def plain(catalog: Catalog) -> Record:
    """Return a record of a completed, rightly charged task that breaks no rule."""
    found = options(catalog)[0]
    model = catalog.models[found.model]
    completed = next(word for word, state in catalog.tasks.states.items() if state == "completed")
    return {
        "task_id": "t", "model": model.id, "status": completed, "credits_used": f"{found.credits:f}",
        "service": catalog.id, "created_at": "2026-11-01T00:00:00Z", "updated_at": None, "credits_refunded": "0",
        "refund_count": "0", "mode": None, "duration": text(found.parameters.duration),
        "resolution": text(found.parameters.resolution), "outputs": None, "audio": text(found.parameters.audio),
        "references": None, "aspect_ratio": None, "prompt_length": "2", "account": None, "custom_multiplier": None,
        "endpoint": None,
    }  # fmt: skip


def text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def tiers(catalog: Catalog, name: str) -> list[str | None]:
    found = {text(value) for price in catalog.prices for value in price.tiers(name)}
    return [None, *sorted(found, key=str)]


def times(catalog: Catalog) -> list[str | None]:
    """Return instants around every edition, one microsecond before, at and after it."""
    around = [str(start + step) for start in starts(catalog) for step in (-1, 0, 1)]
    return [None, "2026-11-01T00:00:00Z", *around]


def prices_crossed(catalog: Catalog) -> Iterator[Record]:
    """Yield price point x edition x charge: every tier of any model for each model, charged right, more, less, 0."""
    charges = sorted(
        {quote.credits * factor + step for quote in options(catalog) for factor in (1, 2) for step in (0, 1)}
    )
    some = [f"{charge:f}" for charge in charges[:: max(1, len(charges) // 12)]]
    for model in (*catalog.models, "no-model"):
        own = [f"{quote.credits:f}" for quote in (options(catalog, model) if model in catalog.models else ())]
        for duration, resolution, audio, created in product(
            tiers(catalog, "duration"), tiers(catalog, "resolution"), tiers(catalog, "audio"), times(catalog)
        ):
            for charge in dict.fromkeys((*own[:3], *some[:4], "0")):
                yield {
                    **plain(catalog), "model": model, "duration": duration, "resolution": resolution, "audio": audio,
                    "created_at": created, "credits_used": charge,
                }  # fmt: skip


def refunds_crossed(catalog: Catalog) -> Iterator[Record]:
    """Yield status x charge x refund x count x flag."""
    record = plain(catalog)
    unit = catalog.credit.unit
    own = Fraction(record["credits_used"] or 0)
    amounts = [str(float(amount)) for amount in (0, own, own + unit, own * 2, own * 3, unit)]
    for status, charge, refund, refunds in product(
        (*catalog.tasks.states, "lost", None),
        amounts[:4],
        (None, "true", "false", *amounts),
        (None, "0", "1", "2", "3"),
    ):
        yield {**record, "status": status, "credits_used": charge, "credits_refunded": refund, "refund_count": refunds}


def rules_crossed(catalog: Catalog) -> Iterator[Record]:
    """Yield for every model each column of a request on, at and past the edges of all models, alone and by mode."""
    record = plain(catalog)
    modes = [None, *dict.fromkeys(mode for model in catalog.models.values() for mode in model.modes), "other"]
    limits = sorted(
        {limit for model in catalog.models.values() for limit in model.limits.values() if isinstance(limit, int)}
        | {limit for place in catalog.endpoints.values() for limit in place.limits.values() if isinstance(limit, int)}
    )
    edges = [
        None,
        *dict.fromkeys(str(max(0, limit + step)) for limit in (0, 1, *limits) for step in (-1, 0, 1)),
        "x",
        "1.5",
    ]
    values: dict[str, list[str | None]] = {
        "references": edges,
        "prompt_length": edges,
        "aspect_ratio": [None, "auto", "1:1", "16:9", "9:16", "7:1", "21:9", "9:21"],
        "outputs": [None, "0", "1", "1.5", "2", "4", "5", "10", "11"],
        "duration": [*tiers(catalog, "duration"), "7", "5.5"],
        "resolution": [*tiers(catalog, "resolution"), "8K"],
        "audio": [*tiers(catalog, "audio"), "maybe"],
        "endpoint": [None, *catalog.endpoints, "elsewhere"],
    }
    for model in (*catalog.models, "no-model", None, ""):
        for mode in modes:
            for name, each in values.items():
                for value in each:
                    yield {**record, "model": model, "mode": mode, name: value}
        for ratio, resolution in product(values["aspect_ratio"], values["resolution"]):
            yield {**record, "model": model, "aspect_ratio": ratio, "resolution": resolution}


def unreadable(catalog: Catalog) -> Iterator[Record]:
    """Yield every column with what cannot be read, at the edges of what can."""
    amounts = [
        "-1",
        "abc",
        "1e3",
        "0.0000001",
        "1.5000000000",
        "1000000000",
        "1000000000.000001",
        "1000000001",
        "",
        None,
        "NaN",
    ]
    dates = ["1999-12-31T23:59:59.999999Z", "2000-01-01", "2100-12-31T23:59:59Z", "2101-01-01", "2026-02-30", "soon",
             "1732147200", "1732147200.5", "1732147200000", "1732147200000000",
             "2026-01-01T00:00:00+02:00", "2026-01-01T24:00:00Z"]  # fmt: skip
    values = {
        "task_id": ["", None],
        "credits_used": amounts,
        "credits_refunded": amounts,
        "refund_count": [*amounts, "1000", "1001"],
        "duration": amounts,
        "outputs": amounts,
        "resolution": amounts,
        "created_at": dates,
        "updated_at": dates,
        "custom_multiplier": ["", "0", "1/3", "5/3", "1000000", "1000000.1", "x", "-1", "1/0"],
        "service": [None, "other", catalog.id],
        "references": amounts,
        "prompt_length": amounts,
    }
    for name, each in values.items():
        for value in each:
            yield {**plain(catalog), name: value}


def seeded(catalog: Catalog, number: int, seed: int) -> Iterator[Record]:
    """Yield records with a value for every column drawn from all families."""
    drawn = random.Random(seed)  # noqa: S311 -- no secret
    columns: dict[str, list[str | None]] = {}
    for records in (rules_crossed(catalog), refunds_crossed(catalog), unreadable(catalog)):
        for record in records:
            for name, value in record.items():
                columns.setdefault(name, []).append(value)
    choices = {name: list(dict.fromkeys(values)) for name, values in columns.items()}
    common = plain(catalog)
    odd = (
        "task_id",
        "service",
        "created_at",
        "updated_at",
        "custom_multiplier",
        "refund_count",
        "endpoint",
        "credits_refunded",
    )
    for _ in range(number):
        yield {
            name: common[name] if name in odd and drawn.random() < 0.95 else drawn.choice(values)
            for name, values in choices.items()
        }


def without(records: list[Record], names: tuple[str, ...]) -> list[Record]:
    """Return records of a log that has not these columns."""
    return [{name: value for name, value in record.items() if name not in names} for record in records]


def numbered(records: Iterable[Record]) -> list[Record]:
    """Return records of different tasks, but those without an id."""
    return [{**record, "task_id": record["task_id"] and f"t{number}"} for number, record in enumerate(records)]
