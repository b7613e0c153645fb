"""The schema of an overlay file, from the records that the file is loaded into."""

from pricing_rules.targets.editor import Schema, file_schema, sources
from pricing_rules.tariffs.overlay import Overlay


def overlay_schema() -> Schema:
    """Return the JSON Schema, draft 2020-12, that an editor checks and suggests an overlay file with."""
    return file_schema(Overlay, "overlay", "Overlay of a catalog", sources=sources())
