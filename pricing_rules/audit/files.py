"""The files of a log: found by us, so that no engine reads a pattern into a name."""

import os
from collections.abc import Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import Literal

from attrs import frozen

from pricing_rules.errors import UnreadableLog
from pricing_rules.spelling import ascii_safe, listed, shown

Format = Literal["parquet", "csv", "jsonl"]
FORMATS: dict[str, Format] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@frozen
class LogFile:
    """A file of a log: its path, how it is written, its bytes, and when it was changed in nanoseconds."""

    path: str
    format: Format
    size: int
    modified: int

    @property
    def name(self) -> str:
        """Return its name without folders."""
        return Path(self.path).name


def found(paths: Paths) -> tuple[LogFile, ...]:
    """Return the files that paths name: a file, a folder with logs, or a pattern where no file has that name.

    Raises:
        TypeError: they are no paths.
        UnreadableLog: nothing is there, or a file's name does not tell how it is written.
    """
    files = tuple(dict.fromkeys(file for path in _several(paths) for file in _found(path)))
    if not files:
        raise UnreadableLog("the log", "no file is named")
    return files


def is_utf8(text: str) -> bool:
    """Tell whether a text has no lone surrogates, such as those of a file name in another encoding."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _several(paths: object) -> list[str]:
    return [_path(path) for path in (paths if isinstance(paths, list | tuple) else (paths,))]


def _path(path: object) -> str:
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"a log or ledger is a path or a list of paths, not {shown(path)}")
    return os.fsdecode(path)


def _found(path: str) -> Iterator[LogFile]:
    there = Path(path)
    if there.is_dir():
        inside = [str(each) for each in sorted(there.iterdir()) if each.suffix.lower() in FORMATS and each.is_file()]
    elif there.exists():
        inside = [path]
    else:
        inside = sorted(each for each in glob(path, recursive=True) if Path(each).is_file())  # noqa: PTH207 -- as typed
    if not inside:
        raise UnreadableLog(there.name or path, "no such file, and no log in it" if there.is_dir() else "no such file")
    yield from map(_file, inside)


def _file(path: str) -> LogFile:
    if not is_utf8(path):
        raise UnreadableLog(ascii_safe(Path(path).name), "its path is no UTF-8 text; rename it")
    form = FORMATS.get(Path(path).suffix.lower())
    if form is None:
        raise UnreadableLog(Path(path).name, f"a log ends in {listed(FORMATS)}")
    try:
        told = Path(path).stat()
    except OSError as fault:
        raise UnreadableLog(Path(path).name, str(fault.strerror)) from None
    return LogFile(path, form, told.st_size, told.st_mtime_ns)
