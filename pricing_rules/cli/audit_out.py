"""Where an audit's findings go: never over a log or ledger that it reads, and known to be writable before it starts."""

import os
from collections.abc import Iterable
from pathlib import Path

from pricing_rules.audit.files import LogFile, found
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown


def check_out(out: str, logs: tuple[str, ...], ledger: tuple[str, ...]) -> None:
    """Check the file of findings before anything is read.

    Raises:
        UnusableLog: it is one of the logs or of the ledger, or its folder is not there or cannot be written.
        UnreadableLog: a log or ledger is not there.
    """
    named = f"--out {shown(out)}"
    if os.path.realpath(out) in set(_places((*found(logs), *(found(ledger) if ledger else ())))):
        raise UnusableLog(f"{named} is a file that is read; name another one")
    folder = Path(out).absolute().parent
    if Path(out).is_dir():
        raise UnusableLog(f"{named} is a folder; name a file")
    if not folder.is_dir():
        raise UnusableLog(f"{named} cannot be written: there is no folder {shown(str(folder))}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnusableLog(f"{named} cannot be written: the folder {shown(str(folder))} is not writable")


def _places(files: Iterable[LogFile]) -> Iterable[str]:
    return (os.path.realpath(file.path) for file in files)
