"""The ledgers of the pages, in SQLite and PostgreSQL: 16 threads, repeated keys, refunds told thrice, and a kill."""

import json
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from pricing_rules.ledger import Statement
from support.pages import README, SERVERS
from support.places import TESTS
from support.postgres import postgres
from support.servers import environment

GRANT = 150
CHARGES = "select key, task from entries where kind = 'debit'"
Rows = list[tuple[Any, ...]]


@frozen
class Ledger:
    """A ledger of a page in a folder: the module with its functions, and how its table is read."""

    folder: Path
    module: str
    variables: dict[str, str]
    read: Callable[[str], Rows]

    def command(self, number: int, keys: int) -> list[str]:
        return [sys.executable, str(TESTS / "support" / "spending.py"), self.module, str(number), str(keys)]

    def spend(self, number: int, keys: int) -> list[tuple[str, Any]]:
        """Let 16 threads of a process send requests, and return what each key was answered."""
        ran = subprocess.run(  # noqa: S603 -- our own interpreter
            self.command(number, keys), cwd=self.folder, env=self.variables, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr[-2000:]
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def recount(self) -> Statement:
        """Replay the table, by the function of the page."""
        names: dict[str, Any] = {}
        exec(SERVERS.file("recount.py"), names)  # noqa: S102 -- the page's own example
        rows = self.read("select id, kind, task, credits from entries where account = 'demo' order by id")
        found: Statement = names["recounted"](rows, set())
        return found


def sqlite_ledger(folder: Path) -> Iterator[Ledger]:
    (folder / "server.py").write_text(README.blocks("python")[0])
    variables = environment(folder)
    subprocess.run([sys.executable, "-c", "import server"], cwd=folder, env=variables, check=True)

    def read(query: str) -> Rows:
        with closing(sqlite3.connect(folder / "ledger.db", timeout=30)) as db, db:
            return db.execute(query).fetchall()

    yield Ledger(folder, "server", variables, read)


def postgres_ledger(folder: Path) -> Iterator[Ledger]:
    psycopg = pytest.importorskip("psycopg")
    (folder / "postgres_ledger.py").write_text(SERVERS.file("postgres_ledger.py"))
    names = SERVERS.file("postgres_ledger.py").partition('TABLES = """')[2].partition('"""')[0]
    with postgres() as where:

        def read(query: str) -> Rows:
            with psycopg.connect(where) as db:
                cursor = db.execute(query)
                return cursor.fetchall() if cursor.description else []

        with psycopg.connect(where) as db:
            db.execute(names)
            db.execute("insert into accounts values ('demo')")
            db.execute(
                "insert into entries (account, kind, task, credits) values ('demo', 'grant', 'package-1', %s)", (GRANT,)
            )
        yield Ledger(folder, "postgres_ledger", {**environment(folder), "LEDGER": where}, read)


@pytest.fixture(params=[sqlite_ledger, postgres_ledger], ids=["sqlite", "postgres"])
def ledger(request, tmp_path: Path) -> Iterator[Ledger]:
    yield from request.param(tmp_path)


def judge(ledger: Ledger) -> Statement:
    """Recount the table: no fault, and what came in is what is left and what was spent."""
    found = ledger.recount()
    assert found.faults == ()
    assert found.balance == found.granted - found.debited + found.refunded >= 0
    sums = dict(ledger.read("select kind, sum(credits) from entries group by kind"))
    assert (sums["debit"], sums.get("refund", 0)) == (found.debited, found.refunded)
    return found


def test_16_threads_overdraw_nothing_charge_a_key_once_and_refund_a_task_once(ledger: Ledger):
    answers = ledger.spend(40, 60)
    found = judge(ledger)
    by_key = defaultdict[str, set[str]](set)
    for key, (status, answer) in answers:
        if status == 200:
            by_key[key].add(answer["taskId"])
    assert len(answers) == 16 * 40
    assert {len(tasks) for tasks in by_key.values()} == {1}
    # a package of 150 holds 18 to 30 tasks of 5 or 8 credits, and those of refunds besides
    assert {status for _, (status, _) in answers} == {200, 402, 409}
    assert found.debited > GRANT - 8
    charges = ledger.read(CHARGES)
    assert {(key, next(iter(tasks))) for key, tasks in by_key.items()} == set(charges)
    refunded = {task for (task,) in ledger.read("select task from entries where kind = 'refund'")}
    assert refunded == {task for key, task in charges if int(key.partition("-")[2]) % 5 == 0}


def test_a_process_that_is_killed_leaves_no_half_of_a_debit_and_its_keys_are_answered_as_before(ledger: Ledger):
    ledger.read("insert into entries (account, kind, task, credits) values ('demo', 'grant', 'package-2', 1000000)")
    before: dict[str, str] = {}
    for more in (1, 20):
        wanted = len(before) + more
        with subprocess.Popen(  # noqa: S603 -- our own interpreter
            ledger.command(1_000_000, 1_000_000), cwd=ledger.folder, env=ledger.variables, stdout=subprocess.DEVNULL
        ) as process:
            wait_for(partial(charged, ledger, wanted), process)
            process.kill()
        judge(ledger)
        stored = dict(ledger.read(CHARGES))
        assert before.items() <= stored.items()
        before = stored
    answers = ledger.spend(40, 60)
    judge(ledger)
    stored = dict(ledger.read(CHARGES))
    assert before.items() <= stored.items()
    assert {(key, answer["taskId"]) for key, (status, answer) in answers if status == 200} <= stored.items()


def charged(ledger: Ledger, wanted: int) -> bool:
    return len(ledger.read(CHARGES)) >= wanted


def wait_for(done: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    for _ in range(3_000):
        assert process.poll() is None, "the process ended"
        if done():
            return
        time.sleep(0.01)
    pytest.fail("nothing was charged")
