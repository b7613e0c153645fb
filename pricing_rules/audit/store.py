"""A folder that keeps what an audit found out about each file, so that the next one reads only the files that are new.

What is kept stands under all that decides it: the file with its size and time, the catalog, the mapping, the scope, the
ledger, the format. An interrupted audit goes on there; a file that changed or is not named any more is refused.
"""

import json
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.log.files import LogFile, found
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.options import Options
from pricing_rules.audit.writing import writing
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import listed, shown

FORMAT, KEY = 1, "audit.json"


@frozen
class Store:
    """A folder of what is known about files.

    Attributes:
        folder: where it is.
        decided: hash of all that decides figures beside the files.
        engine: version of the engine, whose hashes are kept.
    """

    folder: Path
    decided: str
    engine: str

    def kept(self, engine: Engine, query: str, part: Part, rows: str, what: str) -> str:
        """Write what a query finds in a part, whole or not at all, unless it is there; return the query that reads it.

        Args:
            engine: that has the part.
            query: what is kept.
            part: a file, or a step of one.
            rows: SQL of its rows as they are read, whatever the tables of the audit are called.
            what: the name of what is kept.
        """
        text = rows.replace(part.copied or part.path, part.path)
        key = _hash((self.decided, self.engine, os.path.realpath(part.path), part.version, text))
        file = self.folder.joinpath(f"{key}.{what}.parquet")
        if not file.exists():
            _copied(engine, query, file)
        return f"SELECT * FROM READ_PARQUET({literal(file)})"

    def repeated(self, engine: Engine, table: str, ids: list[str]) -> None:
        """Keep as a table the hashes that stand twice in some queries; those known before are only looked through.

        Args:
            engine: that has the queries.
            table: its name.
            ids: queries of hashes, `h`, that are kept.
        """
        note, new, found = self.folder.joinpath("repeated.json"), ids, []
        known = _read(note)
        if isinstance(known, list) and not {*known} - {*ids} and self._repeats(known).exists():
            new = [query for query in ids if query not in known]
            found.append(f"SELECT * FROM READ_PARQUET({literal(self._repeats(known))})")
            found += [f"SELECT o.h FROM ({_all(known)}) o SEMI JOIN ({_all(new)}) n ON n.h = o.h"] if new else []
        engine.table(table, " UNION ".join([*found, *([repeated(new)] if new else [])]))
        _copied(engine, f"SELECT h FROM {table}", self._repeats(ids))
        _written(note, ids)

    def _repeats(self, ids: list[str]) -> Path:
        return self.folder.joinpath(f"{_hash(ids)}.repeated.parquet")

    def part(self, file: LogFile, decided: object, opened: Callable[[], Part]) -> Part:
        """Return a file as a part of a log, as it was opened before where nothing of it has changed."""
        key = _hash((FORMAT, self.engine, file.path, file.size, file.modified, decided))
        kept = self.folder.joinpath(f"{key}.part.json")
        if known := _read(kept):
            return Part(**{**known, "version": tuple(known["version"])})
        part = opened()
        if part.copied in ("", part.path):
            _written(kept, asdict(part))
        return part


def opened_store(engine: Engine, catalog: Catalog, files: Iterable[LogFile], options: Options) -> Store:
    """Return the store in a folder, which may be new, for an audit of files.

    Raises:
        UnusableLog: it is of another audit, or has a file that has changed or is not named any more.
        OSError: it cannot be read or made.
    """
    folder = Path(str(options.state))
    folder.mkdir(parents=True, exist_ok=True)
    now = {os.path.realpath(file.path): [file.size, file.modified] for file in files}
    decided = {name: _hash(value) for name, value in _decided(catalog, options).items()}
    key = folder.joinpath(KEY)
    known = _read(key) if key.exists() else {"decided": decided, "files": {}}
    if not isinstance(known, dict) or not known.keys() >= {"decided", "files"}:
        known = {"decided": {}, "files": {}}
    named = f"the store in {shown(options.state)}"
    _check(named, known["decided"], decided)
    for path, version in known["files"].items():
        if now.get(path) != version:
            how = "has changed since" if path in now else "is not among the logs any more"
            raise UnusableLog(f"{named} has the file {shown(Path(path).name)}, which {how}; name another folder")
    _written(key, {"decided": decided, "files": {**known["files"], **now}})
    return Store(folder, _hash(sorted(decided.items())), str(engine.rows("SELECT VERSION()")[0][0]))


def _decided(catalog: Catalog, options: Options) -> dict[str, object]:
    """Return what decides the figures of an audit beside its files, by name."""
    ledger = found(options.ledger) if options.ledger is not None else ()
    return {
        "format": FORMAT,
        "catalog": (catalog.id, catalog.version, catalog.fingerprint),
        "mapping": (options.mapping, options.request_column, options.table),
        "scope": options.scope,
        "ledger": ledger,
    }


def repeated(ids: list[str]) -> str:
    """Write the hashes that stand twice in some queries."""
    return f"SELECT h FROM ({_all(ids)}) y GROUP BY h HAVING COUNT(*) > 1"


def _all(queries: list[str]) -> str:
    return " UNION ALL ".join(queries)


def _check(named: str, known: dict[str, str], decided: dict[str, str]) -> None:
    others = [name for name, value in decided.items() if known.get(name) != value]
    if others:
        raise UnusableLog(f"{named} is of an audit with another {listed(others, 'and')}; remove it or name another one")


def _hash(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:32]


def _copied(engine: Engine, query: str, file: Path) -> None:
    """Write the rows of a query to a file, whole or not at all."""
    with writing(str(file)) as partial:
        engine.rows(f"COPY ({query}) TO {literal(partial)} (FORMAT PARQUET)")


def _written(file: Path, document: object) -> None:
    with writing(str(file)) as partial:
        Path(partial).write_text(json.dumps(document), encoding="utf-8")


def _read(file: Path) -> Any:  # noqa: ANN401 -- what JSON holds
    """Return what a file of a store says, None where there is none or it cannot be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
