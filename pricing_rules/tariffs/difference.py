"""What is told of one difference before it is known of which model and from when to when it holds."""

from attrs import evolve, frozen

from pricing_rules.answers import Limit, Parameters
from pricing_rules.tariffs.change import Effect
from pricing_rules.tariffs.proof import Proof


@frozen
class Difference:
    """A difference of two sides: what a `Change` tells but for the model and the time.

    Attributes:
        is_dated: whether it is of a tier, a default or a price, which a catalog states from an instant on.
    """

    kind: str
    effect: Effect
    path: str
    message: str
    old: Limit | None = None
    new: Limit | None = None
    parameters: Parameters | None = None
    example: str | None = None
    is_dated: bool = False


def directed(told: Difference, refuses: Proof | None, accepts: Proof | None) -> list[Difference]:
    """Return a difference for each direction in which a request may notice it; one without effect where none can.

    Args:
        told: what is different.
        refuses: the look for a request that only the old side takes; None where there can be none.
        accepts: the look for one that only the new side takes.
    """
    found = []
    if refuses and not (refuses.is_certain and refuses.example is None):
        found.append(evolve(told, effect="refuses", example=refuses.example))
    if accepts and not (accepts.is_certain and accepts.example is None):
        found.append(evolve(told, effect="accepts", example=accepts.example))
    return found or [evolve(told, effect="none")]
