"""The columns of a usage record, and where a service's own log or a request keeps them."""

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import frozen

from pricing_rules.catalog.records import Catalog

Kind = Literal["text", "amount", "count", "time", "refund", "tier"]
Measure = Literal["value", "flag", "items", "characters"]

MICROS = 1_000_000  # amounts are whole numbers of 10^-6 credit, durations of 10^-6 second, times of 10^-6 second
MAX_CREDITS = 1_000_000_000
MAX_COUNT = 1_000
YEARS = (2000, 2100)


@frozen(eq=False, repr=False)
class Column:
    """A column of a usage record.

    Attributes:
        name: canonical name, the same for every service.
        kind: how its values are read; a `tier` has the type of the catalog's field.
        needed: an audit cannot start without it.
        about: one sentence for people.
    """

    name: str
    kind: Kind
    about: str
    needed: bool = False


COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("task_id", "text", "Id of the task.", needed=True),
        Column("model", "text", "Id of the model.", needed=True),
        Column("status", "text", "State of the task in the service's own word or number.", needed=True),
        Column("credits_used", "amount", "Credits that were charged."),
        Column("service", "text", "Id of the service that charged."),
        Column("created_at", "time", "When the task was accepted; decides the prices that hold."),
        Column("updated_at", "time", "When the record was last changed."),
        Column("credits_refunded", "refund", "Credits that were given back, or whether they were."),
        Column("refund_count", "count", "How often the task was refunded."),
        Column("mode", "text", "Mode of the request."),
        Column("duration", "tier", "Length asked for, in seconds."),
        Column("resolution", "tier", "Size class asked for."),
        Column("outputs", "tier", "Results asked for."),
        Column("audio", "tier", "Tier of the sound asked for."),
        Column("references", "count", "Number of reference images in the request."),
        Column("aspect_ratio", "text", "Width to height asked for."),
        Column("prompt_length", "count", "Code points of the prompt."),
        Column("account", "text", "Whose credits were charged."),
        Column("custom_multiplier", "text", 'Factor of your own, such as 2, 1.5 or "5/3".'),
        Column("endpoint", "text", "Id of the endpoint that the request went to."),
    )
}
REQUESTED = ("mode", "duration", "resolution", "outputs", "audio", "references", "aspect_ratio", "prompt_length")
PRICED = ("duration", "resolution", "audio", "outputs")
MEASURES: Mapping[str, Measure] = {"references": "items", "prompt_length": "characters"}
FIELD_OF = {"prompt_length": "prompt"}  # the other columns are called as the field that they tell of


@frozen(repr=False)
class Source:
    """Where a log keeps a column: the keys that lead to it and what of the value counts."""

    keys: tuple[str, ...]
    measure: Measure = "value"


def sources(catalog: Catalog) -> dict[str, tuple[Source, ...]]:
    """Return where a column may be found, by canonical name: our own name, the service's, that of the request field."""
    return {name: tuple(dict.fromkeys(_sources(catalog, name))) for name in COLUMNS}


def _sources(catalog: Catalog, name: str) -> Iterator[Source]:
    yield Source((name,))
    for alias in catalog.usage.columns.get(name, ()) if catalog.usage else ():
        yield Source((alias,))
    for alias in catalog.tasks.refunded if name == "credits_refunded" else ():
        yield Source((alias,), "flag")
    field = catalog.fields.get(FIELD_OF.get(name, name)) if name in REQUESTED else None
    if field:
        yield Source(field.segments, MEASURES.get(name, "value"))


def is_numeric(catalog: Catalog, name: str) -> bool:
    """Tell whether a parameter of a price is a number at this service."""
    field = catalog.fields.get(name)
    return field.type in ("integer", "number") if field else name in ("duration", "outputs")


def body_sources(catalog: Catalog) -> dict[str, Source]:
    """Return where a request body keeps each column that it tells, by canonical name."""
    found = {name: catalog.fields.get(FIELD_OF.get(name, name)) for name in ("model", *REQUESTED)}
    return {name: Source(field.segments, MEASURES.get(name, "value")) for name, field in found.items() if field}
