"""Quote pages used in Chromium: jobs for quote_page.mjs, and the addresses of every state of a catalog.

`python -m frontend.quote_page FILE.jpg`, with tests on the path, makes the picture of the page that the project shows.
"""

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlencode

from frontend.tools import chromium, node
from pricing_rules import Catalog, Quote, load_catalog
from pricing_rules.amounts import fraction
from pricing_rules.answers import written
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.rulebook import output_numbers
from pricing_rules.catalog.tariff import edition, points
from pricing_rules.export import page

MULTIPLIERS = ("1", "1.1", "1/3")
SHOWN = "#m=wan%2F2-6-image-to-video&s=gptimage2api&t=image_to_video&d=10&r=1080p&q=20&b=1000"
Answer = dict[str, Any]


def used(*jobs: tuple[Any, ...]) -> list[Answer]:
    """Do jobs in one browser; each is what is done, the file of a page, and arguments."""
    plain = [[what, str(file), *rest] for what, file, *rest in jobs]
    return list(json.loads(node("quote_page.mjs", chromium(), stdin=json.dumps(plain))))


class State(NamedTuple):
    """A price point that is asked for, and the address of the page that asks for it."""

    catalog: Catalog
    model: str
    mode: str
    tiers: dict[str, Any]
    outputs: int
    multiplier: str

    @property
    def address(self) -> str:
        """The address, with all that is chosen."""
        wants = {"d": "duration", "r": "resolution", "a": "audio"}
        chosen = {key: self.tiers[name] for key, name in wants.items() if self.tiers[name] is not None}
        parts = {
            "m": self.model,
            "s": self.catalog.id,
            "t": self.mode,
            **{key: written(value).lower() for key, value in chosen.items()},
            **({"n": self.outputs} if self.outputs > 1 else {}),
            **({"x": self.multiplier} if self.multiplier != "1" else {}),
        }
        return f"#{urlencode(parts)}"


def states(catalog: Catalog, multipliers: tuple[str, ...] = MULTIPLIERS) -> Iterator[State]:
    """Yield every price point in every mode, at one, two and most outputs, with each multiplier."""
    for model in catalog.models.values():
        numbers = [number or 1 for number in output_numbers(catalog, model)]
        for point, mode, outputs, custom in product(
            points(edition(catalog, model.id), None),
            model.modes,
            dict.fromkeys((1, min(2, numbers[-1]), numbers[-1])),
            multipliers,
        ):
            tiers = {name: getattr(point, name) for name in TIERED}
            yield State(catalog, model.id, mode, tiers, outputs, custom)


def told(quote: Quote) -> Answer:
    """Write a quote as the receipt of the page tells it."""
    is_told = not quote.is_private
    return {
        "credits": written(quote.credits),
        "usd": "" if quote.usd is None else written(quote.usd),
        "exact": fraction(quote.exact) if is_told else "",
        "rounding": fraction(quote.rounding) if is_told else "",
        "basis": quote.basis if is_told else "",
        "notes": sorted(quote.notes) if is_told else [],
        "sources": sorted(quote.sources) if is_told else [],
    }


def custom_of(state: State) -> Fraction:
    """Return the multiplier of a state."""
    return Fraction(state.multiplier)


def main(path: str) -> None:
    """Make the picture."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "quote.html")
        file.write_text(page([load_catalog("gptimage2api"), load_catalog("aivideoapi")]))
        look = {"hash": SHOWN, "width": 1240, "height": 960, "scheme": "light", "quality": 70}
        used(("picture", file, {"path": str(Path(path).absolute()), **look}))


if __name__ == "__main__":
    main(sys.argv[1])
