"""Text files that no engine reads as they are, in another encoding or with a byte order mark: a copy is read."""

import codecs
import gzip
import os
from io import TextIOWrapper
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, cast
from zlib import error as ZlibError  # noqa: N812 -- it is an exception

from attrs import evolve

from pricing_rules.audit.log.files import LogFile
from pricing_rules.errors import UnreadableLog

PIECE = 2**20
UTF_8 = ("utf-8", "utf-8-sig", "ascii")


def plain(file: LogFile, encoding: str, folder: str) -> LogFile:
    """Return a text file in UTF-8 whose first line has no mark: the file itself, or a copy of it in a folder.

    Raises:
        UnreadableLog: it is not in that encoding, or its compression is broken.
    """
    own = codecs.lookup(encoding).name
    if file.compression == "zstd":
        if own not in UTF_8:
            raise UnreadableLog(file.name, "a .zst file is read as UTF-8; compress it as .gz, or not at all")
        return file
    try:
        if own in UTF_8 and (file.format == "csv" or not _is_marked(file)):
            return file
        return _copy(file, "utf-8-sig" if own in UTF_8 else encoding, folder)
    except UnicodeError:
        raise UnreadableLog(file.name, f"it is no text in {encoding}") from None
    except (OSError, EOFError, ZlibError) as fault:
        raise UnreadableLog(file.name, f"it cannot be read: {fault}") from None


def opened(file: LogFile) -> BinaryIO:
    """Open a file that is plain or compressed by gzip, for its bytes."""
    return cast("BinaryIO", gzip.open(file.path) if file.compression else Path(file.path).open("rb"))


def _is_marked(file: LogFile) -> bool:
    with opened(file) as stream:
        return stream.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8


def _copy(file: LogFile, encoding: str, folder: str) -> LogFile:
    number, path = mkstemp(suffix=f".{file.format}", dir=folder)
    with (
        os.fdopen(number, "w", encoding="utf-8", newline="") as copy,
        opened(file) as stream,
        TextIOWrapper(stream, encoding, newline="") as told,
    ):
        while piece := told.read(PIECE):
            copy.write(piece)
    return evolve(file, path=path, compression=None)
