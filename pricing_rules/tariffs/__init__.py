"""The life of a tariff: what changes from one to the next, plans and sellers over it, and what a need costs under it.

Start reading at `diff`, or at `overlay`, the records of an overlay file; `overlaid` makes of it and a catalog a
catalog, which everything else reads as any other. `import pricing_rules` loads nothing of this room.
"""

from pricing_rules.tariffs.change import Change, Effect
from pricing_rules.tariffs.diff import diff, upcoming
from pricing_rules.tariffs.instant import as_of
from pricing_rules.tariffs.loading import load_overlay
from pricing_rules.tariffs.margins import Margin, NoMargins, margins
from pricing_rules.tariffs.offers import Offer, Offers, Refused, offers
from pricing_rules.tariffs.overlaid import overlaid
from pricing_rules.tariffs.overlay import Overlay

__all__ = [
    "Change",
    "Effect",
    "Margin",
    "NoMargins",
    "Offer",
    "Offers",
    "Overlay",
    "Refused",
    "as_of",
    "diff",
    "load_overlay",
    "margins",
    "offers",
    "overlaid",
    "upcoming",
]
