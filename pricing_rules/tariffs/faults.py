"""The faults of an overlay: where each stands, and why it is one."""

from collections.abc import Iterable

from pricing_rules.errors import CatalogError

Fault = tuple[str, str]  # the dotted key, and the reason in words


def overlay_error(file: str, faults: Iterable[Fault]) -> CatalogError:
    """Return the error that tells every fault of an overlay file."""
    told = tuple(dict.fromkeys(faults))
    error = CatalogError(file, *told[0])
    error.faults = told  # type: ignore[attr-defined]
    return error
