"""Why there is no quote, for people: every violation, what is missing, and the prices that there are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from pricing_rules.answers import Quote, Violation
from pricing_rules.catalog.constraints import counted, sentence
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Model
from pricing_rules.catalog.rulebook import book_of
from pricing_rules.cli.price_points import point_table
from pricing_rules.cli.receipt import title
from pricing_rules.cli.services import named_model
from pricing_rules.cli.terminal import BASIS_STYLES, indented, styled
from pricing_rules.errors import Unpriced
from pricing_rules.request.explanation import breaks
from pricing_rules.request.quote import options
from pricing_rules.spelling import hint, listed, shown

MAX_BLOCKS = 1_000
MAX_PATH = 120
NOT_TAKEN = "'{}' is not taken by this model; leave it out."
REPEATED = ("service", "model")


def invalid(
    catalog: Catalog, body: object, violations: Sequence[Violation], at: datetime | None = None
) -> Iterator[RenderableType]:
    """Yield the faults of a request; where a tier is at fault, also the prices of the model."""
    model_id = named_model(catalog, body)
    count = f", {counted(len(violations), 'fault')}: "
    yield Text.assemble(("Invalid", "bold red"), count, about(catalog, body))
    yield from fault_list(violations)
    tier_at_fault = any(violation.rule.partition(".")[0] in TIERED for violation in violations)
    prices = options(catalog, model_id, at=at) if model_id and tier_at_fault else ()
    yield from _prices("What it costs", prices)


def fault_list(violations: Sequence[Violation]) -> Iterator[RenderableType]:
    """Yield each violation: where, what, and by which rule; the first thousand."""
    for violation in violations[:MAX_BLOCKS]:
        path = violation.path if len(violation.path) <= MAX_PATH else f"{violation.path[:MAX_PATH]}…"
        yield ""
        yield indented(styled(path or "the body", "bold"))
        yield indented(styled(violation.message), 4)
        yield indented(_rule(violation), 4)
    if len(violations) > MAX_BLOCKS:
        yield f"\nand {len(violations) - MAX_BLOCKS:,} more; --json lists them all"


def _rule(violation: Violation) -> Text:
    basis = styled(violation.basis, BASIS_STYLES[violation.basis])
    return Text.assemble(styled(f"{violation.rule}, ", "dim"), basis, styled(f": {violation.source}", "dim"))


def unpriced(catalog: Catalog, error: Unpriced, asked: Mapping[str, object], said: str) -> Iterator[RenderableType]:
    """Yield what a price needs and what it could be.

    Args:
        catalog: the service's catalog.
        error: what is missing and the prices that fit.
        asked: the parameters that were given.
        said: the verdict before the price, such as "Valid, but not priced".
    """
    yield Text.assemble((said, "bold yellow"), ": ", title(catalog, error.model))
    yield ""
    for name in error.missing:
        yield indented(styled(_need(catalog, error, name, asked)))
    if not error.missing:
        yield indented("There is no price at that instant.")
    yield from _prices("What it could cost", error.options)


def _prices(heading: str, quotes: Sequence[Quote]) -> Iterator[RenderableType]:
    if quotes:
        yield Text(f"\n{heading}:", "bold")
        yield indented(point_table(quotes, REPEATED))


def about(catalog: Catalog, body: object) -> Text:
    """Name the model and the service that a request is for, on one line."""
    model_id = named_model(catalog, body)
    return title(catalog, model_id) if model_id else styled(f"a request to {catalog.id}")


def _need(catalog: Catalog, error: Unpriced, name: str, asked: Mapping[str, object]) -> str:
    """Say what a parameter must be: a tier of the prices that fit the others, or what its field must hold."""
    if name not in TIERED:
        return _refused(catalog, catalog.models[error.model], name, asked)
    tiers = tuple(dict.fromkeys(getattr(option.parameters, name) for option in error.options))
    if tiers == (None,):
        return NOT_TAKEN.format(name)
    if name not in asked:
        return f"'{name}' is missing; it must be {listed(tiers)}."
    return f"'{name}' must be {listed(tiers)}; got {shown(asked[name])}.{hint(asked[name], tiers)}"


def _refused(catalog: Catalog, model: Model, name: str, asked: Mapping[str, object]) -> str:
    fields = book_of(catalog, model).fields
    if name not in fields:
        return NOT_TAKEN.format(name)
    if name not in asked:
        return f"'{name}' is missing."
    broken = next(constraint for constraint in fields[name].constraints if breaks(constraint, asked[name]))
    return f"{sentence(broken, name)}; got {shown(asked[name])}."
