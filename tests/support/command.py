"""The command line, run in this process, and the catalog files that it is given."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from pricing_rules.cli import main
from support import places
from support.variants import changed_file

CLIPWORKS = str(places.CLIPWORKS)
WAN = ("quote", "--model", "wan/2-6-text-to-video", "--resolution", "1080p")


class Run(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.out.splitlines()]

    @property
    def words(self) -> str:
        return " ".join(self.out.split())

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str, stdin: str | bytes = b"", **environment: str | None) -> Run:
    """Run a command line in this process, as if piped, at 80 columns."""
    plain = dict.fromkeys(("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"))
    with CliRunner(env={"COLUMNS": "80", **plain, **environment}).isolation(input=stdin) as (out, err, _):
        return Run(main(arguments), out.getvalue().decode(), err.getvalue().decode())


def changed(folder: Path, *changes: tuple[str, str]) -> str:
    """Write the invented catalog with every occurrence of each text replaced."""
    return str(changed_file(folder, *changes))
