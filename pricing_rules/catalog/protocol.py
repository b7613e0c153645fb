"""Records of how a service talks: who may call, what it answers, how its tasks end."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from pricing_rules.catalog.provenance import Provenance
from pricing_rules.catalog.strict import Content, Words

State = Literal["pending", "completed", "failed"]
Outcome = Literal["accepted", "invalid", "unknown_model", "unpriced", "insufficient_credits", "internal"]
Kind = Literal["string", "strings", "number", "boolean", "seconds", "time", "credits", "status"]
NO_WORDS = Words("")
Retry = Literal["never", "after_wait", "after_window", "reads_freely"]


@frozen(eq=False, repr=False)
class Host:
    """Where the paths of endpoints and queries begin: a scheme, a name and, where one is printed, a port."""

    url: str
    provenance: Provenance


@frozen(eq=False, repr=False)
class Authentication:
    """How a caller says who it is: an HTTP scheme, and what its keys start with where that is known."""

    scheme: Literal["bearer"]
    provenance: Provenance
    key_prefix: str = ""


@frozen(eq=False, repr=False)
class Sample:
    """A body as a document shows it, its prose in our words; it states no rule.

    Attributes:
        title: what it is a sample of.
    """

    title: Words
    body: Mapping[str, Content]
    provenance: Provenance


@frozen(eq=False, repr=False)
class Response:
    """An HTTP answer.

    Attributes:
        status: HTTP status.
        body: name of the body in `Catalog.bodies`.
        outcomes: which outcomes of this library it answers; none where only the service itself gives it.
        type: the service's word for the kind of error.
        message: the service's sentence.
        retry: when the same request is worth sending again; `reads_freely` is a GET at once, and a POST only where a
            second task and debit is acceptable.
        samples: bodies that documents show.
    """

    id: str
    status: int
    body: str
    provenance: Provenance
    outcomes: tuple[Outcome, ...] = ()
    type: str = ""
    message: Words = NO_WORDS
    retry: Retry = "never"
    samples: tuple[Sample, ...] = ()


@frozen(eq=False, repr=False)
class Query:
    """A URL that tells something.

    Attributes:
        answer: the shape of its body, with the kind of each value at the leaves.
        samples: bodies that documents show.
    """

    id: str
    method: Words
    path: str
    title: Words
    answer: Mapping[str, Content]
    provenance: Provenance
    samples: tuple[Sample, ...] = ()


@frozen(eq=False, repr=False)
class Tasks:
    """How tasks end.

    Attributes:
        query: id of the query that tells a task's state; a callback carries the same body.
        states: the service's word or number for each state, as text, and ours.
        refunded: names of the flag that says a task was refunded.
        error_codes: codes that the service itself gives a failed task.
        callback: canonical name of the field with the address that is told.
    """

    query: str
    states: Mapping[str, State]
    provenance: Provenance
    refunded: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ()
    callback: str | None = None


@frozen(eq=False, repr=False)
class Usage:
    """How the service's own records of tasks are called where they are exported.

    Attributes:
        columns: the service's keys for a column of a usage record, by its canonical name; a key that the request or
            `Tasks.refunded` states is not repeated.
    """

    columns: Mapping[str, tuple[str, ...]]
    provenance: Provenance
