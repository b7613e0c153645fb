"""The closed vocabulary of rules: frozen records that every target reads, and one English sentence for each.

A field is named by its canonical name; where it stands in a request body is the catalog's affair.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, assert_never

from attrs import frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.provenance import Origin
from pricing_rules.spelling import listed

Type = Literal["string", "integer", "number", "boolean", "url", "urls", "object", "opaque"]
URL_PREFIXES = ("http://", "https://")


@frozen(eq=False, repr=False)
class Demand:
    """A constraint on one field that has no limit to name."""

    kind: ClassVar[str]
    field: str
    origin: Origin


class Required(Demand):
    """The field is present."""

    __slots__ = ()
    kind: ClassVar = "required"


class NotAllowed(Demand):
    """The field is absent: this model does not take it."""

    __slots__ = ()
    kind: ClassVar = "not_allowed"


class Url(Demand):
    """The text, or each item of the array, starts with http:// or https:// and goes on for at least one character."""

    __slots__ = ()
    kind: ClassVar = "url"


class NotGiven(Demand):
    """The field is absent or empty."""

    __slots__ = ()
    kind: ClassVar = "not_given"


@frozen(eq=False, repr=False)
class Bound:
    """A constraint on the value of one field, if it is present: it keeps to a limit."""

    kind: ClassVar[str]
    field: str
    limit: Any
    origin: Origin


class OfType(Bound):
    """The value has a JSON type; `urls` is an array of text, `opaque` an object whose inside is never read."""

    __slots__ = ()
    kind: ClassVar = "type"
    limit: Type


class OneOf(Bound):
    """The value is one of these; numbers compare by value."""

    __slots__ = ()
    kind: ClassVar = "one_of"
    limit: tuple[Value, ...]


class Minimum(Bound):
    """The number is at least the limit."""

    __slots__ = ()
    kind: ClassVar = "minimum"
    limit: int


class Maximum(Bound):
    """The number is at most the limit."""

    __slots__ = ()
    kind: ClassVar = "maximum"
    limit: int


class MinLength(Bound):
    """The text has at least this many code points."""

    __slots__ = ()
    kind: ClassVar = "min_length"
    limit: int


class MaxLength(Bound):
    """The text has at most this many code points."""

    __slots__ = ()
    kind: ClassVar = "max_length"
    limit: int


class MaxItems(Bound):
    """The array has at most this many items."""

    __slots__ = ()
    kind: ClassVar = "max_items"
    limit: int


Constraint = Required | NotAllowed | OfType | OneOf | Minimum | Maximum | MinLength | MaxLength | MaxItems | Url


@frozen(eq=False, repr=False)
class Given:
    """At least one of the fields is present and not empty."""

    fields: tuple[str, ...]


Claim = Given | NotGiven | OneOf


@frozen(eq=False, repr=False)
class Rule:
    """A rule across fields: where every condition in `when` holds, every claim in `then` must.

    An absent field counts as its default; without one, a `OneOf` does not hold for it in `when` and does in `then`.
    `empty` is the origin of a refusal that rests on taking a present but empty value as absent.
    """

    id: str
    when: tuple[OneOf, ...]
    then: tuple[Claim, ...]
    origin: Origin
    empty: Origin | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """Canonical names of the fields in `then`: a fault is reported at the one, or at the object of several."""
        names: list[str] = []
        for claim in self.then:
            names.extend(claim.fields if isinstance(claim, Given) else (claim.field,))
        return tuple(dict.fromkeys(names))

    @property
    def reads(self) -> tuple[str, ...]:
        """Canonical names of all fields that the rule reads."""
        return tuple(dict.fromkeys((*(condition.field for condition in self.when), *self.about)))


TYPES: Mapping[Type, str] = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "url": "text",
    "urls": "an array",
    "object": "an object",
    "opaque": "an object",
}


def sentence(constraint: Constraint, name: str) -> str:
    """Say what a constraint demands of the field that a request calls `name`, without the full stop."""
    match constraint:
        case Required():
            return f"'{name}' is required"
        case NotAllowed():
            return f"'{name}' is not taken by this model"
        case OfType(limit=kind):
            return f"'{name}' must be {TYPES[kind]}"
        case OneOf(limit=values):
            return f"'{name}' must be {listed(values)}"
        case Minimum(limit=limit):
            return f"'{name}' must be at least {limit:,}"
        case Maximum(limit=limit):
            return f"'{name}' must be at most {limit:,}"
        case MinLength(limit=limit):
            return f"'{name}' must have at least {counted(limit, 'character')}"
        case MaxLength(limit=limit):
            return f"'{name}' must have at most {counted(limit, 'character')}"
        case MaxItems(limit=0):
            return f"'{name}' must be empty for this model"
        case MaxItems(limit=limit):
            return f"'{name}' must have at most {counted(limit, 'item')}"
        case Url():
            return f"'{name}' must start with {' or '.join(URL_PREFIXES)} and go on"
        case _:
            assert_never(constraint)


def counted(number: int, noun: str) -> str:
    """Write a number of things: "1 item", "4,000 characters"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def rule_sentence(rule: Rule, names: Mapping[str, str]) -> str:
    """Say what a rule across fields demands, without the full stop; `names` is what a request calls each field."""
    conditions = [f"'{names[when.field]}' is {listed(when.limit)}" for when in rule.when]
    match rule.then:
        case (Given(fields=(field,)), OneOf(field=same, limit=values)) if field == same:
            said = f"'{names[field]}' must be given and be {listed(values)}"
        case claims:
            said = " and ".join(_claimed(claim, names) for claim in claims)
    return f"{said} when {' and '.join(conditions)}" if conditions else said


def _claimed(claim: Claim, names: Mapping[str, str]) -> str:
    match claim:
        case Given(fields=(field,)):
            return f"'{names[field]}' must be given"
        case Given(fields=fields):
            return f"at least one of {listed((names[field] for field in fields), 'and')} must be given"
        case NotGiven(field=field):
            return f"'{names[field]}' must not be given"
        case OneOf():
            return sentence(claim, names[claim.field])
        case _:
            assert_never(claim)


def rule_id(constraint: Constraint) -> str:
    """Return the id that a violation of this constraint carries, such as `duration.one_of` or `model.unknown`."""
    is_model = isinstance(constraint, OneOf) and constraint.field == "model"
    return f"{constraint.field}.{'unknown' if is_model else constraint.kind}"
