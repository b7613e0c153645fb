"""Which rows of a log are judged."""

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import Filter
from pricing_rules.audit.meaning.record import Reading
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT


@frozen
class Scope:
    """What of a log is judged: UTC microseconds from `since` to before `until`, one account, and the service's name."""

    since: int | None = None
    until: int | None = None
    account: str | None = None
    service: str | None = None


def left_out(catalog: Catalog, reading: Reading, scope: Scope) -> Filter | None:
    """Return why a record is not judged, None where it is."""
    created = reading.get("created_at")
    if reading.get("service") not in (ABSENT, None, scope.service or catalog.id):
        return "service"
    if (scope.since is not None or scope.until is not None) and (created is ABSENT or created is None):
        return "undated"
    if scope.since is not None and created < scope.since:
        return "since"
    if scope.until is not None and created >= scope.until:
        return "until"
    return "account" if scope.account is not None and reading.get("account") != scope.account else None
