"""Facts that prove themselves: multipliers fitted to printed prices, and where the documents print each number.

Start reading at `fitting` for the former, which `table`, `ratios` and `search` serve, and at `places` for the latter.
"""

from pricing_rules.facts.answers import Fit, NoFit, NoShortFit, Span, UnusableTable
from pricing_rules.facts.fitting import fit, possible, spans
from pricing_rules.facts.numbers import Number
from pricing_rules.facts.pages import Passage, UnreadableDocument, passages
from pricing_rules.facts.places import Doubt, Place, Stale, places, resting, stale

__all__ = [
    "Doubt",
    "Fit",
    "NoFit",
    "NoShortFit",
    "Number",
    "Passage",
    "Place",
    "Span",
    "Stale",
    "UnreadableDocument",
    "UnusableTable",
    "fit",
    "passages",
    "places",
    "possible",
    "resting",
    "spans",
    "stale",
]
