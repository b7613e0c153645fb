"""Where the project, its tests and the invented catalog stand."""

from pathlib import Path

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
CLIPWORKS = TESTS / "catalogs" / "clipworks.toml"
INVENTED = CLIPWORKS.read_text()
