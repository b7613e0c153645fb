"""Rules across fields as a catalog file writes them, expanded into the constraints that every target reads."""

from collections.abc import Mapping

from attrs import frozen

from pricing_rules.catalog.constraints import Claim, Given, NotGiven, OneOf, Rule
from pricing_rules.catalog.faults import Misspelt, Refused
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.strict import Name, Values
from pricing_rules.spelling import shown


@frozen(eq=False, repr=False)
class WrittenClaim:
    """What a rule demands, as a file writes it."""

    given: str | None = None
    any_given: tuple[Name, ...] | None = None
    not_given: str | None = None
    field: str | None = None
    one_of: Values | None = None

    def expanded(self, origin: Origin) -> tuple[Claim, ...]:
        """Return the claims, or refuse parts that do not go together."""
        match (self.given, self.any_given, self.not_given, self.field, self.one_of):
            case (str(name), None, None, None, None):
                return (Given((name,)),)
            case (str(name), None, None, None, tuple(values)):
                return (Given((name,)), OneOf(name, values, origin))
            case (None, (_, _, *_) as names, None, None, None):
                return (Given(names),)
            case (None, None, str(name), None, None):
                return (NotGiven(name, origin),)
            case (None, None, None, str(name), tuple(values)):
                return (OneOf(name, values, origin),)
        raise Refused("expected given, given with one_of, any_given, not_given, or field with one_of", "then")


@frozen(eq=False, repr=False)
class WrittenRule:
    """A rule as a file writes it: values by field, a claim, and where it comes from."""

    id: Name
    then: WrittenClaim
    provenance: Provenance
    when: Mapping[str, Values] = EMPTY

    @property
    def expanded(self) -> Rule:
        """Return the rule that every target reads, or refuse parts that do not go together."""
        for name in self.provenance.parts:
            if name != "empty":
                raise Refused(Misspelt(f"there is no part {shown(name)}.", name, ("empty",)), "readings")
        origin = self.provenance.origin
        conditions = tuple(OneOf(field, values, origin) for field, values in self.when.items())
        return Rule(self.id, conditions, self.then.expanded(origin), origin, self.provenance.parts.get("empty"))
