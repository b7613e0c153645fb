"""The command line `pricing-rules`. It needs click and rich; without them it says what to install.

Start reading at `quote`: `command` is what every command shares, `services` finds the catalog that is meant, `terminal`
is how things are printed. Nothing imports from here.
"""

import sys
from collections.abc import Sequence

try:
    from pricing_rules.cli.program import main
except ModuleNotFoundError as missing:
    absent = str(missing.name).partition(".")[0]
    if absent not in ("click", "rich"):
        raise

    def main(arguments: Sequence[str] | None = None) -> int:  # noqa: ARG001 -- the signature of the real one
        """Say what to install."""
        sys.stderr.write(f"pricing-rules needs {absent}: pip install 'pricing-rules[cli]'\n")
        return 2


__all__ = ["main"]
