"""One part of a log: a file or a table, as an engine reads it."""

from collections.abc import Mapping

from attrs import field, frozen

ROW = "pricing_rules_row"


@frozen
class Part:
    """A file or table of a log, or a step of a file.

    Attributes:
        name: for people.
        relation: SQL of its rows.
        columns: type of each column, as the engine calls it.
        nested: types of the fields of columns that are objects.
        size: rows, or bytes where they are not known.
        path: of the file.
        copied: path of the copy that is read instead; the file's own where there is none.
        version: what tells that the file is still the same: its size and when it was changed.
        names: what a column is called in the relation, where it is not called as in the log.
        parsed: column that says whether a line could be parsed; None where every row could.
        numbered: SQL of its rows with the place of each in the file, from 1 on, as `ROW`; empty where none is told.
    """

    name: str
    relation: str
    columns: Mapping[str, str]
    nested: Mapping[str, Mapping[str, str]] = field(factory=dict)
    size: int = 0
    parsed: str | None = None
    path: str = ""
    copied: str = ""
    version: tuple[int, ...] = ()
    names: Mapping[str, str] = field(factory=dict)
    numbered: str = ""
