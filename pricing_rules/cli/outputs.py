"""The files that an audit writes beside what it prints: checked before anything is read, whole or not there at all."""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pricing_rules.audit import AuditReport
from pricing_rules.audit.log.files import LogFile, found
from pricing_rules.audit.report.thresholds import Check, junit
from pricing_rules.audit.writing import writing
from pricing_rules.cli.bodies import STDIN
from pricing_rules.cli.command import unwritten
from pricing_rules.cli.terminal import write
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import shown

FILES = ("out", "html", "junit")  # options that name one


def check_outputs(options: Mapping[str, Any], logs: tuple[str, ...]) -> None:
    """Check the files and the folder that options name before anything is read.

    Raises:
        UnusableLog: one of them is read or cannot be written.
        UnreadableLog: a log or ledger is not there.
    """
    for name in FILES:
        if options[name] and options[name] != STDIN:
            check_out(options[name], logs, options["ledger"], f"--{name}")
    if options["statements"]:
        check_new(options["statements"])


def unwritten_outputs(
    report: AuditReport, figures: Mapping[str, Any], held: tuple[Check, ...], options: Mapping[str, Any]
) -> str | None:
    """Write the files and the folder that options name; return why the first that could not be was not."""
    writers: dict[str, Callable[[str], str | None]] = {
        "out": partial(unwritten_findings, report),
        "html": partial(unwritten_text, text=lambda: report.html(mask_accounts=options["mask_accounts"])),
        "junit": partial(unwritten_text, text=lambda: junit(figures, held, report.unmet)),
        "statements": partial(unwritten_statements, report),
    }
    if options["form"]:
        writers["out"] = lambda _: printed_findings(report, options["form"])
    failures = (write(options[name]) for name, write in writers.items() if options[name])
    return next(filter(None, failures), None)


def check_out(out: str, logs: tuple[str, ...], ledger: tuple[str, ...], name: str = "--out") -> None:
    """Check a file that is to be written before anything is read.

    Raises:
        UnusableLog: it is one of the logs or of the ledger, or its folder is not there or cannot be written.
        UnreadableLog: a log or ledger is not there.
    """
    named = f"{name} {shown(out)}"
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


def unwritten_findings(report: AuditReport, out: str) -> str | None:
    """Write the findings; return why they could not be."""
    try:
        report.write(out)
    except OSError as fault:
        return unwritten(fault)
    except UnreadableLog as fault:
        return f"cannot write {out}: {fault}"
    return None


def printed_findings(report: AuditReport, form: str) -> str | None:
    """Write the findings on standard output; return why they could not be."""
    with TemporaryDirectory() as folder:
        place = Path(folder, f"findings.{form}")
        failure = unwritten_findings(report, str(place))
        if failure is None:
            with place.open(encoding="utf-8", newline="") as lines:
                for line in lines:
                    write(line)
    return failure


def check_new(folder: str) -> None:
    """Check a folder that is to be made before anything is read.

    Raises:
        UnusableLog: it holds something, or the one around it is not there.
    """
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UnusableLog(f"--statements {shown(folder)} holds something; name a folder that is not there yet")
    if not place.absolute().parent.is_dir():
        raise UnusableLog(f"--statements {shown(folder)} cannot be made: there is no folder around it")


def unwritten_statements(report: AuditReport, folder: str) -> str | None:
    """Write the statements of all accounts; return why they could not be."""
    try:
        report.statements(folder)
    except OSError as fault:
        return unwritten(fault)
    return None


def unwritten_text(path: str, text: Callable[[], str]) -> str | None:
    """Write a text to a file, whole or not at all; return why it could not be."""
    try:
        with writing(path) as unfinished:
            Path(unfinished).write_text(text(), encoding="utf-8")
    except OSError as fault:
        return unwritten(fault)
    return None
