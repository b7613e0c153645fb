"""A PostgreSQL of a test's own, run as a user that is not root, from the system's binaries."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.servers import HOST, free_port

USER = "postgres"


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server in a new folder, and give how it is connected to; skip where PostgreSQL is missing."""
    with tempfile.TemporaryDirectory(prefix="postgres", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        data = str(folder / "data")
        _run("initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses={HOST} -c unix_socket_directories={folder}"
        _run("pg_ctl", "start", "-D", data, "-w", "-o", options, "-l", str(folder / "log"))
        try:
            yield f"host={HOST} port={port} user={USER} dbname={USER}"
        finally:
            _run("pg_ctl", "stop", "-D", data, "-w", "-m", "immediate")


def _run(program: str, *arguments: str) -> None:
    command = [_found(program), *arguments]
    run_as = {} if os.geteuid() else {"user": USER, "group": pwd.getpwnam(USER).pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as said:  # no pipe: the server that is started would keep it open
        done = subprocess.run(command, cwd="/", stdout=said, stderr=said, check=False, **run_as)  # noqa: S603 -- found below
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


def _found(program: str) -> str:
    """Return a program of PostgreSQL: of the PATH, or from where its packages put it."""
    if found := shutil.which(program):
        return found
    config = shutil.which("pg_config")
    if config is None:
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    ran = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)  # noqa: S603
    return shutil.which(program, path=ran.stdout.strip()) or pytest.skip("no PostgreSQL: apt-get install postgresql")
