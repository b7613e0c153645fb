"""The files of a log: found by us, so that no engine reads a pattern into a name."""

import os
from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import Literal

from attrs import frozen

from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import ascii_safe, listed, shown

Format = Literal["parquet", "csv", "jsonl", "duckdb"]
Compression = Literal["gzip", "zstd"]
FORMATS: dict[str, Format] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".duckdb": "duckdb",
}
COMPRESSED: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}  # text alone; Parquet is compressed inside
OTHERS = (*COMPRESSED, ".bz2", ".xz", ".zip", ".tsv", ".xlsx", ".avro", ".orc")  # data too, which no audit may read
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@frozen
class LogFile:
    """A file of a log: its path, how it is written, its bytes, when it was changed in nanoseconds, its compression."""

    path: str
    format: Format
    size: int
    modified: int
    compression: Compression | None = None

    @property
    def name(self) -> str:
        """Return its name without folders."""
        return Path(self.path).name


def found(paths: Paths) -> tuple[LogFile, ...]:
    """Return the files that paths name: a file, a folder with logs, or a pattern where no file has that name.

    A file that is named in several ways, or by a link, is there once.

    Raises:
        TypeError: they are no paths.
        UnusableLog: a path is empty.
        UnreadableLog: nothing is there, a file's name does not tell how it is written, or a folder has data that would
            be left out.
    """
    files: dict[str, LogFile] = {}
    for path in [_path(each) for each in (paths if isinstance(paths, list | tuple) else (paths,))]:
        for file in map(_file, _found(path)):
            files.setdefault(os.path.realpath(file.path), file)
    if not files:
        raise UnreadableLog("the log", "no file is named")
    return tuple(files.values())


def is_utf8(text: str) -> bool:
    """Tell whether a text has no lone surrogates, such as those of a file name in another encoding."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _path(path: object) -> str:
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"a log or ledger is a path or a list of paths, not {shown(path)}")
    return os.fsdecode(path)


def _found(path: str) -> list[str]:
    if not path:
        raise UnusableLog("a log or ledger is named by an empty path; name a file, a folder or a pattern")
    there = Path(path)
    try:
        if there.is_dir():
            return _inside(there)
        if there.exists():
            return [path]
    except OSError as fault:
        raise UnreadableLog(there.name, f"cannot be read: {fault.strerror}") from None
    inside = sorted(each for each in glob(path, recursive=True) if not Path(each).is_dir())  # noqa: PTH207 -- as typed
    if not inside:
        raise UnreadableLog(there.name, "no such file")
    return inside


def _inside(folder: Path) -> list[str]:
    """Return the logs in a folder; what else may be data there is told, not left out."""
    name, entries = folder.resolve().name, sorted(folder.iterdir())
    left = [each.name for each in entries if not each.name.startswith((".", "_")) and _left_out(each)]
    if left:
        read = "only logs that stand in the folder itself are read; name the others, or a pattern such as logs/**/*.csv"
        raise UnreadableLog(name, f"{listed(left, 'and')} would be left out: {read}")
    inside = [str(each) for each in entries if _form(each) and not each.is_dir()]
    if not inside:
        raise UnreadableLog(name, "no such file, and no log in it")
    return inside


def _left_out(path: Path) -> bool:
    """Tell whether something in a folder is or holds data that is not read with the folder."""
    if path.is_dir():
        return any(_is_data(each) for each in path.rglob("*"))
    return _form(path) is None and _is_data(path)


def _is_data(path: Path) -> bool:
    endings = {ending.lower() for ending in path.suffixes}
    return ".partial" not in endings and not endings.isdisjoint((*FORMATS, *OTHERS))


def _form(path: Path) -> tuple[Format, Compression | None] | None:
    """Return how a file is written and compressed, by its name; None where no audit reads it."""
    compression = COMPRESSED.get(path.suffix.lower())
    form = FORMATS.get((path.with_suffix("") if compression else path).suffix.lower())
    return (form, compression) if form in ("csv", "jsonl") or (form and not compression) else None


def _file(path: str) -> LogFile:
    if not is_utf8(path):
        raise UnreadableLog(ascii_safe(Path(path).name), "its path is no UTF-8 text; rename it")
    form = _form(Path(path))
    if form is None:
        raise UnreadableLog(Path(path).name, f"a log ends in {listed(FORMATS)}, text also in {listed(COMPRESSED)}")
    try:
        told = Path(path).stat()
    except OSError as fault:
        raise UnreadableLog(Path(path).name, str(fault.strerror)) from None
    return LogFile(path, form[0], told.st_size, told.st_mtime_ns, form[1])
