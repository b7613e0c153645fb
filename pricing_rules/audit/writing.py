"""A file that is written whole under its name, or not there at all."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path

from pricing_rules.errors import UnreadableLog


@contextmanager
def writing(path: str) -> Iterator[str]:
    """Give a partial file that gets its name once it is whole; where that fails, nothing is left of it.

    Raises:
        UnreadableLog: DuckDB cannot read what it writes from any more.
        OSError: the file, or another that DuckDB needs for it, cannot be written; names it.
    """
    import duckdb

    partial = Path(f"{path}.{os.getpid()}.partial")
    try:
        partial.touch()
        yield str(partial)
        partial.replace(path)
    except duckdb.IOException as fault:
        raise _failed(path, partial.name, str(fault)) from None
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, path) from None
    finally:
        partial.unlink(missing_ok=True)


def _failed(path: str, partial: str, said: str) -> OSError | UnreadableLog:
    """Return the error for what DuckDB says, which in its version 2 may hold JSON: what cannot be written, and why."""
    if partial not in said and "write" not in said:
        return UnreadableLog("the log", said.removeprefix("IO Error: ").partition("\n")[0])
    number = re.search(r'"errno":"(\d+)"', said)
    file = re.search(r'file \\?"(.+?)\\?"', said)
    name = path if partial in said or file is None else file[1]
    return OSError(int(number[1]), os.strerror(int(number[1])), name) if number else OSError(EIO, _reason(said), name)


def _reason(said: str) -> str:
    return said.partition("\n")[0].removeprefix("IO Error: ").rpartition('": ')[2]
