"""What happens to a tariff: plans and sellers over it, and what they earn.

Start reading at `overlay`, the records of an overlay file; `overlaid` makes of it and a catalog a catalog, which
everything else reads as any other. Nothing here is loaded by `import pricing_rules`.
"""

from pricing_rules.tariffs.loading import load_overlay
from pricing_rules.tariffs.margins import Margin, NoMargins, margins
from pricing_rules.tariffs.overlaid import overlaid
from pricing_rules.tariffs.overlay import Overlay

__all__ = ["Margin", "NoMargins", "Overlay", "load_overlay", "margins", "overlaid"]
