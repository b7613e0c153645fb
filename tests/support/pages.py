"""The pages of the project, and the examples that stand in them."""

import re
from functools import cached_property

from support.places import ROOT


class Page:
    """A page in Markdown, by its path from the root of the project."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.text = (ROOT / path).read_text(encoding="utf-8")

    @cached_property
    def examples(self) -> list[tuple[str, str]]:
        """The fenced examples in order, each with its language."""
        fenced = re.finditer(r"^```(\w+)\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)
        return [(found[1], found[2]) for found in fenced]

    def blocks(self, language: str) -> list[str]:
        """Return the examples in a language."""
        return [text for name, text in self.examples if name == language]

    def file(self, name: str) -> str:
        """Return the example in Python that begins with a comment of its name."""
        return next(text for text in self.blocks("python") if text.startswith(f"# {name}\n"))

    def code(self, name: str) -> str:
        """Return the example in JavaScript that begins with a comment of its name."""
        return next(text for _, text in self.examples if text.startswith(f"// {name}\n"))

    @cached_property
    def commands(self) -> list[str]:
        """The commands that a table of the page describes."""
        return re.findall(r"^\| `(pricing-rules .*?)` \|", self.text, re.MULTILINE)

    @cached_property
    def astray(self) -> list[str]:
        """The paths that the page names in a folder of the project, and at which nothing stands."""
        prose = re.sub(r"^```.*?^```$", "", self.text, flags=re.MULTILINE | re.DOTALL)
        words = " ".join([*re.findall(r"`([^`\n]+)`", prose), *self.blocks("sh")]).split()
        named = [word for word in words if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", word)]
        places = ((ROOT / self.path).parent, ROOT, ROOT / "pricing_rules")
        ours = [path for path in named if any((place / path.split("/")[0]).is_dir() for place in places)]
        return [path for path in ours if ".venv" not in path and not any((place / path).exists() for place in places)]


README = Page("README.md")
SCHEMAS = Page("schemas/README.md")
AUDIT = Page("pricing_rules/audit/README.md")
CATALOGS = Page("pricing_rules/catalogs/README.md")
SERVERS = Page("pricing_rules/request/README.md")
MAINTAINERS = Page("pricing_rules/README.md")
TESTS = Page("tests/README.md")
BENCHMARKS = Page("benchmarks/README.md")
PAGES = (README, SCHEMAS, AUDIT, CATALOGS, SERVERS, MAINTAINERS, TESTS, BENCHMARKS)
# requests of the examples
SORA = {"model": "sora-2-text-to-video", "prompt": "a wave", "inputMode": "text_to_video", "duration": 5}
WAN = {**SORA, "model": "wan/2-6-text-to-video", "duration": 15, "resolution": "1080p"}
