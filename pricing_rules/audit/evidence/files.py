"""Findings as a file for people and programs: whole under its name, or not there at all."""

from collections.abc import Iterable
from pathlib import Path

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.log.dialect import Dialect, identifier, literal
from pricing_rules.audit.log.files import is_utf8
from pricing_rules.audit.report.findings import AMOUNTS, FINDING
from pricing_rules.audit.report.statements import FORMULA
from pricing_rules.audit.writing import writing
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import listed, shown

FORMATS = {".parquet": "FORMAT PARQUET", ".csv": "FORMAT CSV, HEADER", ".jsonl": "FORMAT JSON"}
MILLIONTH = "CAST('0.000001' AS DECIMAL(6, 6))"
STARTS = f"^[{''.join(FORMULA)}]"


def write_findings(engine: Engine, rows: str, path: str) -> None:
    """Write the findings of a query.

    Raises:
        UnusableLog: the name of the file ends in none of the formats that there are.
        OSError: the file cannot be written.
    """
    form = check_format(path)
    listed = ", ".join(values(FINDING, form, engine.dialect))
    with writing(path) as partial:
        engine.rows(f"COPY (SELECT {listed} FROM ({rows}) o) TO {literal(partial)} ({FORMATS[form]})")


def check_format(path: str) -> str:
    """Return the ending of a file's name that says its format.

    Raises:
        UnusableLog: it says none that there is, or the name is no UTF-8 text, which no engine can open.
    """
    if not is_utf8(path):
        raise UnusableLog(f"the name of the file {shown(Path(path).name)} is no UTF-8 text")
    form = Path(path).suffix.lower()
    if form not in FORMATS:
        raise UnusableLog(f"it goes to a file that ends in {listed(FORMATS)}, not to {shown(Path(path).name)}")
    return form


def values(names: Iterable[str], form: str, dialect: Dialect) -> list[str]:
    """Write findings as a file has them: amounts in credits, times in UTC, as text where the format has no types."""
    return [f"{_value(name, form, dialect)} AS {identifier(name, dialect)}" for name in names]


def _value(name: str, form: str, dialect: Dialect) -> str:
    own, is_typed = identifier(name, dialect), form == ".parquet"
    if name in AMOUNTS:
        amount = f"CAST(CAST({name} AS DECIMAL(20, 0)) * {MILLIONTH} AS DECIMAL(38, 6))"
        return amount if is_typed else f"REGEXP_REPLACE(CAST({amount} AS STRING), '[.]?0+$', '')"
    if name == "created_at":
        moment = dialect.instant.format(name)
        return moment if is_typed else f"CASE WHEN {name} IS NOT NULL THEN {_iso(name, moment)} END"
    if form == ".csv" and FINDING[name] == "STRING":
        is_formula, mark = dialect.matches.format(own, literal(STARTS, dialect)), literal("'", dialect)
        return f"CASE WHEN {is_formula} THEN CONCAT({mark}, {own}) ELSE {own} END"
    return own


def _iso(micros: str, moment: str) -> str:
    """Write a time as text, whatever the zone of a session."""
    text, fraction = f"CAST({moment} AS STRING)", f"LPAD(CAST({micros} % 1000000 AS STRING), 6, '0')"
    return f"CONCAT(SUBSTR({text}, 1, 10), 'T', SUBSTR({text}, 12, 8), '.', {fraction}, 'Z')"
