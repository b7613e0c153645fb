"""One difference between two tariffs, as `diff` and `upcoming` tell it."""

from datetime import datetime
from typing import Literal

from attrs import frozen

from pricing_rules.answers import Limit, Parameters

Effect = Literal["refuses", "accepts", "unprices", "prices", "costs_more", "costs_less", "answers", "says", "none"]


@frozen
class Change:
    """One difference between two tariffs.

    Attributes:
        kind: what changed, such as `price.raised`, `references.max_items`, `model.removed`, `response.status`.
        effect: what a caller notices. `refuses`: requests that were taken are refused from now on, `accepts` the
            reverse; `unprices`: they were quoted and now have no price, `prices` the reverse; `costs_more` and
            `costs_less` in credits (of `credit.usd`: in US dollars); `answers`: a body, a status, a state, a key of the
            log or what is documented; `says`: words alone; `none`: no request can notice it, and that is proven.
        model: id of the model; None where it is about the service.
        path: JSON Pointer on the wire; of what no request holds, in the tables of the catalog; "" is the whole request.
        parameters: of a price; None in it where the request leaves the parameter out or the model has none.
        old: the limit, value or charge in credits before; None where there was none.
        new: the same after.
        since: first instant at which both sides differ, in UTC; None is from the beginning.
        until: the instant from which they are alike again; None where they never are.
        rewrites: whether a tier, default or price that holds before the old version changes, and audits of the past.
        example: a request as JSON text that proves it: one side alone takes it, or quotes it; None where there is none.
        message: one sentence.
    """

    kind: str
    effect: Effect
    model: str | None
    path: str
    parameters: Parameters | None
    old: Limit | None
    new: Limit | None
    since: datetime | None
    until: datetime | None
    rewrites: bool
    example: str | None
    message: str
