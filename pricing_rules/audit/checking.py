"""The verdict on one usage record, in plain Python: what every engine of an audit has to equal, row by row."""

from collections.abc import Mapping
from datetime import datetime

from pricing_rules.audit.meaning import verdict as meaning
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.options import text, window
from pricing_rules.audit.report.verdict import Verdict, in_credits
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog


def check(
    catalog: Catalog,
    record: Mapping[str, object],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    account: str | None = None,
    service: str | None = None,
    statuses: Mapping[str, State] = EMPTY,
) -> Verdict:
    """Judge one usage record.

    Args:
        catalog: the service's catalog.
        record: by our column names; a column that the log has not has no key, one that it left empty is None.
        since: first instant of the records that are judged, with its offset; earlier ones are filtered out.
        until: instant before which they were accepted.
        account: records of other accounts are filtered out.
        service: what the record calls the service; without, the catalog's id.
        statuses: states (pending, completed, failed) by words of the log's own, before those of the service.

    Raises:
        TypeError: an argument is of a type that is not allowed here.
        ValueError: an instant has no offset.
        UnusableLog: `since` is not before `until`, or the record has a key that is none of our columns.
    """
    first, last = window(since, until)
    scope = Scope(first, last, text("account", account), text("service", service))
    return in_credits(meaning.check(catalog, record, scope, statuses=statuses))
