"""How much of what an audit finds is accepted: limits, what is beyond them, and the same as JUnit tells it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

from attrs import field, frozen

from pricing_rules.amounts import fraction
from pricing_rules.audit.meaning.outcomes import FINDINGS, REFUND_FINDINGS
from pricing_rules.audit.report.words import WORDS
from pricing_rules.catalog.constraints import counted
from pricing_rules.spelling import printable


@frozen
class Thresholds:
    """What is accepted.

    Attributes:
        owed: most credits that customers may be owed; None for any.
        findings: most findings of a kind.
        shares: most findings of a kind by the rows of the log.
        failing: kinds of which none is accepted; without any and without limits all of them.
    """

    owed: Fraction | None = None
    findings: Mapping[str, int] = field(factory=dict)
    shares: Mapping[str, Fraction] = field(factory=dict)
    failing: frozenset[str] = frozenset()

    @property
    def are_set(self) -> bool:
        """Tell whether there is a limit."""
        return self.owed is not None or bool(self.findings or self.shares)


@frozen
class Check:
    """One thing that was held against its limit: its name, what was found in words, and what of it was beyond."""

    name: str
    found: str
    beyond: str | None = None


def checks(figures: Mapping[str, Any], limits: Thresholds) -> tuple[Check, ...]:
    """Hold the figures of a report, as JSON has them, against limits: each kind of finding, then what is owed."""
    return (*(_of_kind(figures, limits, kind) for kind in FINDINGS), *_of_owed(figures, limits))


def _of_kind(figures: Mapping[str, Any], limits: Thresholds, kind: str) -> Check:
    number, rows = figures["counts"].get(kind, 0), figures["rows_read"]
    most, share = limits.findings.get(kind), limits.shares.get(kind)
    left = figures["counts"].get("unknown_status", 0) if kind in REFUND_FINDINGS and kind != "unknown_status" else 0
    unknown = f"; the status of {counted(left, 'row')} is not known" if left else ""
    found = f"{counted(number, 'finding')} in {counted(rows, 'row')}: {WORDS[kind]}{unknown}"
    beyond: list[str] = []
    if most is not None and number > most:
        beyond.append(f"at most {most:,} accepted")
    if share is not None and number > share * rows:
        beyond.append(f"at most a share of {fraction(share)} accepted")
    refused = kind in limits.failing or not (limits.failing or limits.are_set)
    if most is None and share is None and number and refused:
        beyond.append("none accepted")
    return Check(kind, found, f"{found}; {', '.join(beyond)}" if beyond else None)


def _of_owed(figures: Mapping[str, Any], limits: Thresholds) -> Iterator[Check]:
    if limits.owed is not None:
        told = figures["owed_to_customers"]
        owed, left = told["credits"], told["rows_not_known"]
        unknown = [f"on {counted(left, 'row')} it is not known what customers are owed"] if left else []
        known = [] if left and not told["tasks"] else [f"customers are owed {owed} credits"]
        found = ", and ".join((*known, *unknown))
        is_beyond = Fraction(owed) > limits.owed or left > 0
        yield Check("owed", found, f"{found}; at most {fraction(limits.owed)} accepted" if is_beyond else None)


def junit(figures: Mapping[str, Any], held: tuple[Check, ...], unmet: tuple[str, ...]) -> str:
    """Write checks as JUnit XML: a test case for each, a failure for each that is beyond its limit.

    Args:
        figures: of the report, JSON-ready.
        held: what was held against its limit.
        unmet: needed checks that could not be made.
    """
    failed = sum(check.beyond is not None for check in held)
    told = {"name": f"audit of {figures['service']}", "tests": str(len(held) + 1), "failures": str(failed)}
    suite = ET.Element("testsuite", {**told, "errors": str(int(bool(unmet))), "skipped": "0"})
    for check in held:
        case = ET.SubElement(suite, "testcase", {"classname": "pricing_rules.audit", "name": check.name})
        if check.beyond is not None:
            ET.SubElement(case, "failure", {"message": printable(check.beyond)})
        else:
            ET.SubElement(case, "system-out").text = printable(check.found)
    whole = ET.SubElement(
        suite, "testcase", {"classname": "pricing_rules.audit", "name": "every needed check was made"}
    )
    if unmet:
        ET.SubElement(whole, "error", {"message": printable(f"not checked: {', '.join(unmet)}")})
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suite, encoding="unicode")}\n'
