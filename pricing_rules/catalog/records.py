"""Records of a catalog file: what a service takes and what it charges."""

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar, Literal

from attrs import Factory, field, fields, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import Rule, Type
from pricing_rules.catalog.documents import Document
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.protocol import Authentication, Host, Query, Response, Sample, Tasks, Usage
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.strict import Content, Words
from pricing_rules.errors import UnknownEndpoint, UnknownModel

LimitValue = int | tuple[Value, ...]
Tiers = Mapping[Value, Fraction]


@frozen(eq=False, repr=False)
class Credit:
    """What a service charges in.

    Attributes:
        unit: charges are whole multiples of this many credits.
        usd: price of a credit in US dollars; None where none is published.
        grants: names of what adds credits to a balance.
    """

    unit: Fraction
    provenance: Provenance
    usd: Fraction | None = None
    grants: tuple[str, ...] = ()


@frozen(eq=False, repr=False)
class Field:
    """A value in a request body.

    Attributes:
        id: canonical name, the same at every service.
        wire: JSON Pointer of the value in the body.
        type: JSON type; an `object` holds other fields, an `opaque` one is never read.
        title: name for people.
        about: one sentence for people.
        one_of: allowed values, or the name of a list: "models", "modes", "tiers" (of the model's price) or a limit.
        minimum: smallest number.
        maximum: largest number.
        min_length: fewest code points.
        max_length: most code points, or the name of a limit.
        max_items: most items, or the name of a limit.
        default: value used when the request has none.
        examples: values that a form may suggest.
        makes_inferred: why the quote of a request with a non-empty value is inferred.
        segments: the keys that lead to the value in a body.
    """

    id: str
    wire: str
    type: Type
    title: Words
    about: Words
    provenance: Provenance
    one_of: str | tuple[Value, ...] | None = None
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | str | None = None
    max_items: int | str | None = None
    default: Value | None = None
    examples: tuple[Value, ...] = ()
    makes_inferred: Origin | None = None
    segments: tuple[str, ...] = field(init=False, default=Factory(lambda self: _keys(self.wire), takes_self=True))

    @property
    def name(self) -> str:
        """What messages call the field: its keys, joined by dots."""
        return ".".join(self.segments)


@frozen(eq=False, repr=False)
class Note:
    """A remark on the quote of a request whose field has more items than `above`, or a number greater than it."""

    field: str
    above: int
    about: Words
    provenance: Provenance


@frozen(eq=False, repr=False)
class Endpoint:
    """A URL that takes requests.

    Attributes:
        fields: canonical names, in the order in which faults are listed.
        required: those that every request has.
        limits: by name, for the models that state none themselves and where no model is known.
        modes: where the mode is no field but follows from the references: `without_references`, `with_references`.
        rules: rules across fields.
        samples: requests that documents show.
    """

    id: str
    method: Words
    path: str
    title: Words
    fields: tuple[str, ...]
    required: tuple[str, ...]
    provenance: Provenance
    limits: Mapping[str, LimitValue] = EMPTY
    modes: Mapping[Literal["without_references", "with_references"], str] = EMPTY
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()
    samples: tuple[Sample, ...] = ()


@frozen(eq=False, repr=False)
class Model:
    """A model of one endpoint: its modes and limits. The tiers that it takes are those of its price."""

    id: str
    title: Words
    endpoint: str
    modes: tuple[str, ...]
    provenance: Provenance
    limits: Mapping[str, LimitValue] = EMPTY


@frozen(eq=False, repr=False)
class Price:
    """What models cost from an instant on.

    Attributes:
        models: ids of the models.
        base: credits before the multipliers.
        provenance: a part that is a reading makes the amounts inferred.
        since: first instant, in UTC; None is from the beginning.
        duration: multiplier of each tier in seconds, small to large.
        resolution: multiplier of each tier, small to large.
        audio: multiplier of each tier.
        default: by parameter, the tier that is used when the request names none.
    """

    models: tuple[str, ...]
    base: Fraction
    provenance: Provenance
    since: datetime | None = None
    duration: Tiers = EMPTY
    resolution: Tiers = EMPTY
    audio: Tiers = EMPTY
    default: Mapping[str, Value] = EMPTY

    def tiers(self, factor: str) -> Tiers:
        """Return the multipliers of duration, resolution or audio; none where the price does not depend on it."""
        return {"duration": self.duration, "resolution": self.resolution, "audio": self.audio}.get(factor, EMPTY)


def _keys(wire: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in wire.split("/")[1:])


@frozen(eq=False, repr=False)
class Catalog:
    """Everything about one service, as its file states it; compared by identity.

    Attributes:
        id: the service.
        title: its name for people.
        version: ISO date; the prices in force at its midnight (UTC) are used where no instant is given.
        formula: where each factor of the formula comes from.
        sources: document and heading of each source.
        readings: the decisions where the documents are silent, each with its reason.
        usage: how its records of tasks are called in a log; None where only our own names are known.
        hosts: where it is reached, the one that its samples use first; none where that is not printed.
        documents: the pages that it was read from, by the name of the file.
    """

    id: str
    title: Words
    version: str
    credit: Credit
    authentication: Authentication
    formula: Provenance
    tasks: Tasks
    prices: tuple[Price, ...]
    sources: Mapping[str, Origin]
    readings: Mapping[str, Origin]
    fields: Mapping[str, Field]
    endpoints: Mapping[str, Endpoint]
    models: Mapping[str, Model]
    bodies: Mapping[str, Content]
    responses: Mapping[str, Response]
    queries: Mapping[str, Query]
    usage: Usage | None = None
    hosts: tuple[Host, ...] = ()
    documents: Mapping[str, Document] = EMPTY
    compiled: dict[Any, Any] = field(factory=dict, init=False, repr=False)
    digest: ClassVar[Callable[["Catalog"], str]]  # of `canonical`, which stands on these records

    @property
    def fingerprint(self) -> str:
        """What tells this content from any other, such as `pr1:51f67db39a68caa0`; equal where `diff` finds nothing."""
        return Catalog.digest(self)

    def __repr__(self) -> str:
        return f"<Catalog {self.id} {self.version}>"

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Catalog, tuple(getattr(self, part.name) for part in fields(Catalog) if part.init)

    def model(self, model_id: object) -> Model:
        """Return a model.

        Raises:
            UnknownModel: the catalog has none with this id; the error names the nearest.
        """
        found = self.models.get(model_id) if isinstance(model_id, str) else None
        if found is None:
            raise UnknownModel(model_id, self.models)
        return found

    def endpoint(self, endpoint_id: object) -> Endpoint:
        """Return an endpoint.

        Raises:
            UnknownEndpoint: the catalog has none with this id; the error names the nearest.
        """
        found = self.endpoints.get(endpoint_id) if isinstance(endpoint_id, str) else None
        if found is None:
            raise UnknownEndpoint(endpoint_id, self.endpoints)
        return found
