"""Lines of JSON Lines that are no record, read again by their places: what is told of them stands in no value."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 -- it is an exception

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.engines.duckdb_text import as_lines
from pricing_rules.audit.engines.plan import Job, Plan
from pricing_rules.audit.evidence.line import told
from pricing_rules.audit.log.copies import opened
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.log.files import COMPRESSED, LogFile
from pricing_rules.audit.log.layout import Layout
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.log.reduction import SIZES
from pricing_rules.audit.meaning.outcomes import UNPARSED
from pricing_rules.errors import UnreadableLog

LINES = {"file": "BIGINT", "row_number": "BIGINT", "text": "STRING"}
MOST = 10_000  # lines of a file of which more is told than their place


def keep_lines(job: Job, found: str) -> str | None:
    """Keep what is told of lines that are no record, by file and row; return the table, None where there are none."""
    plans = [(shelf, plan) for shelf in job.shelves for plan in shelf.plans if plan.part.parsed and plan.part.numbered]
    if not plans:
        return None
    broken = f"SELECT sid FROM {job.name('said')} WHERE s_column = {literal(UNPARSED)}"
    rows = f"SELECT DISTINCT row_number FROM {found} WHERE sid IN ({broken}) AND file = "
    each = ((shelf, plan, f"{rows}{plan.number} ORDER BY row_number LIMIT {MOST}") for shelf, plan in plans)
    lines = (
        (plan.number, row, text)
        for shelf, plan, wanted in each
        for row, text in lines_of(job, plan, shelf.layout, {row for (row,) in job.engine.rows(wanted)})
    )
    job.engine.relation(job.name("lines"), LINES, lines)
    return job.name("lines")


def lines_of(job: Job, plan: Plan, layout: Layout, rows: AbstractSet[int]) -> Iterator[tuple[int, str]]:
    """Yield what is told of lines of a file, by their places among those that are not empty."""
    names = {place for name, column in layout.found.items() if name not in SIZES for place in column.names}
    for row, line in _lines(job, plan, rows) if rows else ():
        yield row, told(line, names)


def _lines(job: Job, plan: Plan, rows: AbstractSet[int]) -> Iterator[tuple[int, bytes]]:
    path = plan.part.copied
    file = LogFile(path, "jsonl", 0, 0, COMPRESSED.get(Path(path).suffix.lower()))
    if file.compression == "zstd":
        yield from _split(job.engine, file, plan.part, rows)
        return
    try:
        with opened(file) as stream:
            each = enumerate((line for line in stream if line.strip()), 1)
            yield from ((row, line.rstrip(b"\n")) for row, line in islice(each, max(rows)) if row in rows)
    except (OSError, EOFError, ZlibError) as fault:
        raise UnreadableLog(plan.part.name, f"it cannot be read again: {fault}") from None


def _split(engine: Engine, file: LogFile, part: Part, rows: AbstractSet[int]) -> Iterator[tuple[int, bytes]]:
    """Yield lines of JSON of such a file by their places; none where the engine splits it otherwise as text."""
    import duckdb

    own = as_lines(file, ", encoding = 'latin-1', strict_mode = false")  # each byte is a character
    each = f"SELECT line, ROW_NUMBER() OVER () AS place FROM {own} WHERE NOT REGEXP_FULL_MATCH(line, '\\s*')"
    counts = f"SELECT (SELECT COUNT(*) FROM ({each}) e), (SELECT COUNT(*) FROM ({part.relation}) r)"
    wanted = f"SELECT place, line FROM ({each}) e WHERE place IN ({', '.join(map(str, rows))})"
    try:
        ((split, read),) = engine.rows(counts)
        found = engine.rows(wanted) if split == read else []
    except duckdb.Error:
        found = []
    yield from ((place, line.encode("latin-1")) for place, line in found)
