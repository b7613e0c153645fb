"""`python -m pricing_rules` is the command line `pricing-rules`."""

import sys

from pricing_rules.cli import main

sys.exit(main())
