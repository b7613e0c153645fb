"""What a mapping says of a log: its columns and words, what it leaves out, and how its text is written."""

from collections.abc import Mapping

from attrs import field, frozen

from pricing_rules.catalog.protocol import State


@frozen
class Writing:
    """How a log is written.

    Attributes:
        delimiter: one character between the values of a line of CSV.
        decimal: sign before the decimals of a number in text, a point or a comma; JSON's own numbers have a point.
        nulls: words that say in CSV and JSON Lines that there is no value.
        encoding: of a text file, by its name in Python.
        time: how a time in text is written, such as %d.%m.%Y %H:%M; other times are read as they always are.
    """

    delimiter: str = ","
    decimal: str = "."
    nulls: tuple[str, ...] = ()
    encoding: str = "utf-8"
    time: str | None = None


@frozen
class LedgerMapping:
    """What a ledger calls things: its columns and kinds of entries for ours, and how it is written."""

    columns: Mapping[str, str] = field(factory=dict)
    kinds: Mapping[str, str] = field(factory=dict)
    writing: Writing = field(factory=Writing)


@frozen
class LogMapping:
    """What a log calls things.

    Attributes:
        columns: its columns for ours, by our name.
        statuses: states of a task by its words, before those of the service.
        assumed: what columns would have said that it has not, by our name.
        writing: how it is written.
        ledger: the same of the ledger beside it.
    """

    columns: Mapping[str, str] = field(factory=dict)
    statuses: Mapping[str, State] = field(factory=dict)
    assumed: Mapping[str, str] = field(factory=dict)
    writing: Writing = field(factory=Writing)
    ledger: LedgerMapping = field(factory=LedgerMapping)
