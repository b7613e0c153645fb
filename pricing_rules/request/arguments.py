"""What callers pass beside a request: a catalog and an instant, checked before anything is read."""

from datetime import datetime

from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import shown


def check_catalog(catalog: object) -> None:
    """Refuse what is no catalog, such as the id of one.

    Raises:
        TypeError: it is none; says what to pass.
    """
    if not isinstance(catalog, Catalog):
        raise TypeError(f"the first argument is a Catalog, as load_catalog returns it, not {shown(catalog)}")


def instant(at: object) -> datetime | None:
    """Return a caller's instant.

    Raises:
        TypeError: it is no datetime.
        ValueError: it has no offset.
    """
    if at is None:
        return None
    if not isinstance(at, datetime):
        raise TypeError(f"at is a datetime with its offset, not a {type(at).__name__}")
    if at.utcoffset() is None:
        raise ValueError("at needs an offset: a time without one fits several editions of a price")
    return at
