"""credits = base x duration x resolution x outputs x audio x custom, rounded up once.

The formula is printed in credits-and-models.txt: Credit formula.
"""

TIERED = ("duration", "resolution", "audio")
PARAMETERS = ("duration", "resolution", "outputs", "audio")
FACTORS = ("base", *PARAMETERS, "custom")
