"""What an interrupted audit has done: the groups of each finished part, in a folder; the same audit goes on there."""

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from pricing_rules.audit.engines.engine import Engine
from pricing_rules.audit.log.dialect import literal
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown

KEY = "audit.json"


@frozen
class State:
    """A folder with the groups of the parts that are done, one file each."""

    folder: Path

    def file(self, number: int) -> Path:
        """Return the file with the groups of a part; it is there once they are whole."""
        return self.folder.joinpath(f"{number}.parquet")

    def keep(self, engine: Engine, query: str, number: int) -> str:
        """Write the groups of a part, whole or not at all, unless they are there; return the query that reads them."""
        if not self.file(number).exists():
            partial = self.folder.joinpath(f"{number}.{os.getpid()}.partial")
            engine.rows(f"COPY ({query}) TO {literal(partial)} (FORMAT PARQUET)")
            partial.replace(self.file(number))
        return f"SELECT * FROM READ_PARQUET({literal(self.file(number))})"


def opened_state(folder: str, parts: Iterable[object]) -> State:
    """Return the state of an audit whose parts are these: all that decides their groups, as text.

    Raises:
        UnusableLog: the folder holds the state of another audit.
        OSError: it cannot be read or made.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    key = {"parts": [sha256(repr(part).encode()).hexdigest() for part in parts]}
    file = place.joinpath(KEY)
    if file.exists():
        if _read(file) != key:
            said = "is of an audit with another catalog, other options or other files; remove it or name another"
            raise UnusableLog(f"the state in {shown(folder)} {said}")
    else:
        partial = place.joinpath(f"{KEY}.{os.getpid()}.partial")
        partial.write_text(json.dumps(key))
        partial.replace(file)
    return State(place)


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_text())
    except ValueError:
        return None
