"""The requests of a made-up usage log: valid and with one price each, from the catalog."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

from pricing_rules.audit.row import check
from pricing_rules.audit.values import EPOCH
from pricing_rules.catalog import Catalog, Model, Price
from pricing_rules.constraints import MaxLength, OneOf
from pricing_rules.rulebook import Rulebook, rulebook
from pricing_rules.targets.sql_tariff import instants
from pricing_rules.tariff import editions, points

LONGEST_PROMPT = 4_000
SHAPE = (
    "model", "mode", "duration", "resolution", "audio", "outputs", "reference_count", "aspect_ratio", "longest",
    "credits",
)  # fmt: skip


def shapes(catalog: Catalog) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """Yield requests that are valid and priced, by edition and place: each price point, asked for in several ways."""
    starts = instants(catalog)
    for edition in range(len(starts) + 1):
        created = starts[edition - 1] if edition else (starts[0] - 1 if starts else 0)
        place = 0
        for model in catalog.models.values():
            for shape in _of_model(catalog, model, created):
                yield edition, place, shape
                place += 1


def _of_model(catalog: Catalog, model: Model, created: int) -> Iterator[tuple[Any, ...]]:
    book = rulebook(catalog, catalog.endpoints[model.endpoint], model)
    held = [price for price in editions(catalog, model.id) if price.since is None or _since(price) <= created]
    ways = tuple(product((None, *model.modes), (0, 1), (None, *_some(book, "aspect_ratio"))))
    for point in points(held[-1], None) if held else ():
        for outputs in (1, 2, 4) if "outputs" in book.fields else (None,):
            asked = (point.duration, point.resolution, point.audio, outputs)
            yield from filter(None, (_shape(catalog, model, book, asked, way, created) for way in ways))


def _shape(
    catalog: Catalog, model: Model, book: Rulebook, asked: tuple[Any, ...], way: tuple[Any, ...], created: int
) -> tuple[Any, ...] | None:
    """Return a request with its charge; None where it breaks a rule or has no price."""
    duration, resolution, audio, outputs = asked
    mode, references, ratio = way
    record = {
        "task_id": "a", "model": model.id, "status": "", "credits_used": 0, "mode": mode, "duration": duration,
        "resolution": resolution, "audio": audio, "outputs": outputs, "references": references, "aspect_ratio": ratio,
        "prompt_length": 2, "created_at": created or None,
    }  # fmt: skip
    verdict = check(catalog, record)
    if verdict.rules or verdict.low is None or verdict.low != verdict.high:
        return None
    tier = str(audio).lower() if isinstance(audio, bool) else audio
    longest = min(_limit(book), LONGEST_PROMPT)
    return (model.id, mode, duration, resolution, tier, outputs, references, ratio, longest, verdict.low)


def _since(price: Price) -> int:
    return (price.since - EPOCH) // timedelta(microseconds=1) if price.since else 0


def _some(book: Rulebook, name: str) -> tuple[Any, ...]:
    """Return a few values of a field that takes text."""
    rules = book.fields.get(name)
    if rules is None:
        return ()
    return next((each.limit[:3] for each in rules.constraints if isinstance(each, OneOf)), ("16:9", "9:16"))


def _limit(book: Rulebook) -> int:
    rules = book.fields.get("prompt")
    limits = (each.limit for each in rules.constraints if isinstance(each, MaxLength)) if rules else ()
    return next(iter(limits), LONGEST_PROMPT)
