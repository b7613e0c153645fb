"""`pricing-rules audit --suggest`: a mapping file to start from, by a look at a log."""

from pathlib import Path
from typing import Any

from pricing_rules.audit.suggestion.suggesting import suggest
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.command import unwritten
from pricing_rules.cli.services import SeveralServices
from pricing_rules.cli.terminal import show_json, write


def show_suggestion(
    catalogs: tuple[Catalog, ...],
    logs: tuple[str, ...],
    options: dict[str, Any],
    out: str | None,
    *,
    as_json: bool,
) -> int:
    """Write a mapping for a log, at the one service that knows most of its models; return the exit code 0.

    Raises:
        SeveralServices: several know as many.
        UnreadableInput: the file cannot be written.
    """
    mapping, table, ledger = options["mapping"], options["table"], options["ledger"] or None
    each = [suggest(catalog, logs, mapping=mapping, ledger=ledger, table=table) for catalog in catalogs]
    most = max(found.known_models for found in each)
    best = [place for place, found in enumerate(each) if found.known_models == most]
    if len(best) > 1:
        raise SeveralServices("a log can be of", [catalogs[place] for place in best])
    found = each[best[0]]
    if out is not None:
        try:
            Path(out).write_text(found.toml, encoding="utf-8")
        except OSError as fault:
            raise UnreadableInput(unwritten(fault)) from None
    if as_json:
        show_json({"service": found.service, "rows": found.rows, "mapping": found.toml})
    elif out is None:
        write(found.toml)
    return 0
