"""Time a change of the quote page in Chromium, until it is laid out: of the bundled catalogs, and of 500 models.

`PYTHONPATH=tests python benchmarks/page.py`; node, npm and a Chromium are those of the complete tests.
"""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from frontend.quote_page import used
from pricing_rules import Catalog, load_catalog
from pricing_rules.export import page

ADDRESSES = (
    "#t=image_to_video",
    "#t=text_to_video&b=1000",
    "#t=image_to_video&d=10",
    "#t=image_to_video&d=15&r=1080p",
    "#t=text_to_image&n=3",
    "#t=image_to_video&d=20&r=1080p&n=2",
)
ROUNDS = 20


def multiplied(catalog: Catalog, number: int) -> Catalog:
    """Return a catalog with its models repeated under other names until there are so many."""
    own = list(catalog.models.values())
    names = {f"{own[place % len(own)].id}-{place}": own[place % len(own)] for place in range(number)}
    prices = (
        evolve(price, models=tuple(name for name, model in names.items() if model.id in price.models))
        for price in catalog.prices
    )
    return evolve(catalog, models={name: evolve(model, id=name) for name, model in names.items()}, prices=tuple(prices))


def main() -> None:
    """Print the size of both pages and the time that a change takes."""
    bundled = [load_catalog("gptimage2api"), load_catalog("aivideoapi")]
    with TemporaryDirectory() as folder:
        for name, catalogs in (("21 models", bundled), ("500 models", [multiplied(bundled[0], 500)])):
            file = Path(folder, "quote.html")
            file.write_text(page(catalogs))
            (found,) = used(("states", file, {"addresses": ADDRESSES * ROUNDS}))
            assert not found["troubles"]
            took = sorted(answer["took"] for answer in found["answer"][len(ADDRESSES) :])
            middle, slow = statistics.median(took), took[len(took) * 95 // 100]
            print(f"{name}: {file.stat().st_size:,} bytes, {middle:.0f} ms, 95th percentile {slow:.0f} ms")


if __name__ == "__main__":
    main()
