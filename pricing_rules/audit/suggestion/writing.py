"""How a text file is written, by a look at its beginning: encoding, delimiter, decimal sign, null words, times."""

import codecs
import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.engines.duckdb_text import first_lines
from pricing_rules.audit.log.copies import opened
from pricing_rules.audit.log.files import LogFile
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.audit.suggestion.contents import Looks, is_time, share
from pricing_rules.audit.suggestion.names import NULLS

START = 2**20  # bytes of a file that are looked at
LINES = 20
DELIMITERS = (",", ";", "\t", "|")
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f")
DAYS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d")
FORMATS = tuple(f"{day}{clock}" for day, clock in product(DAYS, CLOCKS))
COMMA = re.compile(r"-?[0-9.]*[0-9],[0-9]{1,6}")
WHOLE = re.compile("-?[0-9]+")


def encoding_of(file: LogFile) -> str:
    """Return the encoding of a text file, by its first bytes; that of a .zst file is not looked at."""
    if file.compression == "zstd":
        return "utf-8"
    with opened(file) as stream:
        start = stream.read(START)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def delimiter_of(engine: Engine, file: LogFile, encoding: str) -> str:
    """Return what stands between the values of a CSV file: what gives its first lines most values, alike in number."""
    if file.compression == "zstd":
        lines = first_lines(engine, file, LINES)
    else:
        with opened(file) as stream:
            lines = stream.read(START).decode(encoding, errors="replace").lstrip("\ufeff").splitlines()[:LINES]
    return max(DELIMITERS, key=lambda delimiter: _columns(lines, delimiter))


def _columns(lines: Sequence[str], delimiter: str) -> int:
    counts = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    return min(counts, default=0) if len(counts) == 1 else 0


def nulls_of(columns: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the words among values that say elsewhere that there is none."""
    found = {value for values in columns for value in values}
    return tuple(word for word in NULLS if word in found)


def decimal_of(columns: Iterable[Sequence[str]]) -> str:
    """Return the decimal sign: a comma where all values of some column are numbers with commas, or whole."""
    for values in columns:
        commas = sum(COMMA.fullmatch(value) is not None for value in values)
        if commas and commas + sum(WHOLE.fullmatch(value) is not None for value in values) == len(values):
            return ","
    return "."


def formats_of(columns: Mapping[str, Sequence[str]], decimal: str) -> tuple[str, ...]:
    """Return the formats that fit all times of some column which are not read without one."""
    for values in columns.values():
        if values and not share(values, lambda value: is_time(value, Writing(decimal=decimal))):
            found = tuple(form for form in FORMATS if all(map(_written(form), values)))
            if found:
                return found
    return ()


def _written(form: str) -> Looks:
    return lambda value: is_time(value, Writing(time=form))
