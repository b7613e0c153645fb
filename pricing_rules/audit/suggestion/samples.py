"""The beginning of a log or a ledger, column by column, as text."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from pricing_rules.audit.engines.duckdb import DuckDB
from pricing_rules.audit.log.dialect import identifier
from pricing_rules.audit.log.expressions import WrongType, text
from pricing_rules.audit.log.part import Part, raw

ROWS = 100_000  # rows that are looked at
FEW = 200  # different values that are looked at of each column
Words = Mapping[str, tuple[tuple[str, int], ...]]


@frozen
class Sample:
    """Columns of the first rows of a part.

    Attributes:
        words: the most frequent values of each column with the number of their rows, most first.
        rows: how many rows were looked at.
        unique: columns in which no value stands twice, and none is missing.
        texts: columns of text.
    """

    words: Words
    rows: int
    unique: frozenset[str]
    texts: frozenset[str]

    def values(self, column: str) -> list[str]:
        """Return the values of a column, each once."""
        return [value for value, _ in self.words[column]]


def sampled(engine: DuckDB, part: Part) -> Sample:
    """Look at the beginning of a part."""
    places = dict(_places(part))
    first = f"(SELECT * FROM ({part.relation}) p LIMIT {ROWS}) r"
    counts = ", ".join(f"COUNT(DISTINCT {place})" for place in places.values())
    rows, *different = engine.rows(f"SELECT COUNT(*), {counts} FROM {first}")[0] if places else (0,)
    words = {
        name: tuple(
            engine.rows(
                f"SELECT {place} AS word, COUNT(*) AS n FROM {first} WHERE {place} IS NOT NULL "
                f"GROUP BY word ORDER BY n DESC, word LIMIT {FEW}"
            )
        )
        for name, place in places.items()
    }
    unique = frozenset(name for name, number in zip(places, different, strict=True) if number == rows > 1)
    texts = frozenset(name for name in places if raw("", part.columns[name]).family == "text")
    return Sample(words, rows, unique, texts)


def _places(part: Part) -> Iterator[tuple[str, str]]:
    """Yield the columns that are text, or can be written so, with their places."""
    for name, kind in part.columns.items():
        try:
            yield name, text(raw(f"r.{identifier(part.names.get(name, name))}", kind))
        except WrongType:
            continue
