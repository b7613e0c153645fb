"""Rules on fields that stand in objects or can be empty, each with a request that tells careless exports apart."""

from pathlib import Path

from pricing_rules import Catalog, load_catalog
from support.places import INVENTED

# Each case: the rule in place of those of clips, what is required, a job that breaks it, one that keeps it
REEL = {"engine": "reel-1"}
SOUND = REEL | {"sound": True}
APART = [
    ('when = { audio = [true] }\nthen = { given = "prompt" }', '"job", "model"', SOUND | {"text": "a"},
     SOUND | {"text": "aa"}),
    ('when = { audio = [true] }\nthen = { given = "frames" }', '"job", "model", "frames"', SOUND,
     SOUND | {"options": {"frames": 24}}),
    ('then = { not_given = "options" }', '"job", "model"', REEL | {"options": {"frames": 24}}, REEL | {"options": {}}),
    ('then = { not_given = "options" }', '"job", "model", "frames"', REEL | {"options": {"frames": 24}}, REEL),
    ('when = { audio = [true] }\nthen = { given = "options" }', '"job", "model"', SOUND | {"options": {}},
     SOUND | {"options": {"frames": 24}}),
    ('then = { any_given = ["options", "extra"] }', '"job", "model"', REEL | {"options": {}},
     REEL | {"options": {"a/b~c": 1}}),
    ('then = { not_given = "prompt" }', '"job", "model", "prompt"', REEL | {"text": "aa"}, None),
]  # fmt: skip


def with_rule(folder: Path, rule: str, required: str) -> Catalog:
    """Return the invented service with one rule, and with some fields required."""
    start, end = INVENTED.index("[[endpoints.clips.rules]]"), INVENTED.index("[[endpoints.clips.notes]]")
    text = f'{INVENTED[:start]}[[endpoints.clips.rules]]\nid = "own"\n{rule}\nsource = "guide"\n\n{INVENTED[end:]}'
    (folder / "own.toml").write_text(text.replace('"job", "model", "prompt", "duration"]', f"{required}]", 1))
    return load_catalog(folder / "own.toml")
