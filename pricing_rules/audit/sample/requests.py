"""The requests of a made-up usage log: valid and with one price each, from the catalog."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import count, product
from typing import Any

from pricing_rules.audit.meaning.prices import starts
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.meaning.verdict import Verdict, check
from pricing_rules.catalog.constraints import MaxLength, OneOf
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import Rulebook, rulebook
from pricing_rules.catalog.tariff import editions, points
from pricing_rules.errors import UnusableLog

LONGEST_PROMPT, TOO_LONG = 4_000, 100_000_000
Placed = tuple[int, int, tuple[Any, ...]]  # edition, place in it, values
SHAPE = (
    "model", "mode", "duration", "resolution", "audio", "outputs", "reference_count", "aspect_ratio", "longest",
    "credits",
)  # fmt: skip


def shapes(catalog: Catalog) -> Iterator[Placed]:
    """Yield requests that are valid and priced, by edition and place: each price point, asked for in several ways.

    Those that cost nothing have the last places.
    """
    for edition in range(len(starts(catalog)) + 1):
        created = _created(catalog, edition)
        found = [shape for model in catalog.models.values() for shape in _of_model(catalog, model, created)]
        yield from ((edition, place, shape) for place, shape in enumerate(sorted(found, key=lambda each: not each[-1])))


def requests(catalog: Catalog, first: int, end: int) -> tuple[Placed, ...]:
    """Return the requests that a log between these instants draws from.

    Raises:
        UnusableLog: the catalog has none, at some of its instants, or no word for a completed task.
    """
    begun = starts(catalog)
    asked = tuple(shapes(catalog))
    times = range(sum(start <= first for start in begun), sum(start < end for start in begun) + 1)
    if not {edition for edition, _, _ in asked}.issuperset(times):
        raise UnusableLog(f"the catalog of {catalog.id} has times in the log at which no request has one price")
    if "completed" not in catalog.tasks.states.values():
        raise UnusableLog(f"the catalog of {catalog.id} has no status of a completed task")
    return asked


def paid_places(asked: tuple[Placed, ...]) -> int:
    """Count the first places that have a request which costs something in every edition."""
    return min(sum(1 for edition, _, shape in asked if edition == each and shape[-1]) for each in _editions(asked))


def all_places(asked: tuple[Placed, ...]) -> int:
    """Count the places that every edition has."""
    return min(sum(1 for edition, _, _ in asked if edition == each) for each in _editions(asked))


def _editions(asked: tuple[Placed, ...]) -> set[int]:
    return {edition for edition, _, _ in asked}


def verdicts(catalog: Catalog, asked: Iterable[Placed], changes: Mapping[str, object]) -> Iterator[Verdict]:
    """Judge requests in which values are changed."""
    for edition, _, shape in asked:
        yield check(catalog, {**_record(shape, _created(catalog, edition)), **changes})


def no_length(catalog: Catalog) -> int:
    """Return a length in seconds that no price has."""
    known = {tier for price in catalog.prices for tier in price.duration}
    return next(length for length in count(7_777) if length not in known)


def _created(catalog: Catalog, edition: int) -> int:
    """Return an instant of an edition, 0 where the catalog has one edition only."""
    begun = starts(catalog)
    return begun[edition - 1] if edition else (begun[0] - 1 if begun else 0)


def _record(shape: tuple[Any, ...], created: int) -> dict[str, Any]:
    model, mode, duration, resolution, audio, outputs, references, ratio, *_ = shape
    return {
        "task_id": "a", "model": model, "status": "", "credits_used": 0, "mode": mode, "duration": duration,
        "resolution": resolution, "audio": audio, "outputs": outputs, "references": references, "aspect_ratio": ratio,
        "prompt_length": 2, "created_at": created or None,
    }  # fmt: skip


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
    verdict = check(
        catalog, _record((model.id, mode, duration, resolution, audio, outputs, references, ratio), created)
    )
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
