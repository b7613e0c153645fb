"""Facts that prove themselves: multipliers fitted to printed prices.

Start reading at `fitting`.
"""

from pricing_rules.facts.answers import Fit, NoFit, NoShortFit, Span, UnusableTable
from pricing_rules.facts.fitting import fit, possible

__all__ = ["Fit", "NoFit", "NoShortFit", "Span", "UnusableTable", "fit", "possible"]
