"""Which columns of a log most likely tell what, by their names and by what stands in them."""

from collections.abc import Collection, Mapping

from pricing_rules.audit.suggestion.contents import HALF, MOST_OF, TELLING, Looks, share
from pricing_rules.audit.suggestion.names import PART, alike
from pricing_rules.audit.suggestion.samples import Sample

ID = "task_id"


def likely_columns(
    wanted: Mapping[str, tuple[str, ...]], sample: Sample, looks: Mapping[str, Looks], used: Collection[str]
) -> dict[str, str]:
    """Return the column that most likely tells each of those that are wanted, by our name; each is taken once."""
    free = [column for column in sample.words if column not in used]
    scores = {
        (-_score(name, known, column, sample, looks.get(name)), place, order): (name, column)
        for place, (name, known) in enumerate(wanted.items())
        for order, column in enumerate(free)
    }
    found: dict[str, str] = {}
    for key in sorted(scores):
        name, column = scores[key]
        if key[0] < 0 and name not in found and column not in found.values():
            found[name] = column
    return {name: found[name] for name in wanted if name in found}


def _score(name: str, known: tuple[str, ...], column: str, sample: Sample, looks: Looks | None) -> int:
    """Return how likely a column is the one that is wanted; 0 where it is not."""
    values, named = sample.values(column), alike(column, name, known)
    right = share(values, looks)
    if name == ID and column not in sample.unique:
        right = min(right, MOST_OF)
    if right < HALF or (not named and (not values or right < MOST_OF or name not in TELLING)):
        return 0
    return 2 * named + (PART if right > MOST_OF and values else 1)
