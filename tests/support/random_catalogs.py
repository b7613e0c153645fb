"""Catalogs made at random, of every part that the loader takes: objects, tiers, defaults, limits, modes, rules."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from attrs import frozen

from pricing_rules import Catalog, load_catalog
from pricing_rules.errors import CatalogError
from support.random_rules import Table, rules

TEXTS = ["a", "bb", "wide", "🎬", "x/y"]
TIERS: dict[str, list[Any]] = {"integer": [4, 5, 8, 12], "number": [2, 5, 10], "string": ["s", "m", "l"]}
EDITIONS = (None, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))  # the second is in force
WORDS = ("title", "about")
SOURCED = {"source": "guide"}
PROTOCOL: Table = {
    "sources": {"guide": "guide: all of it"},
    "credit": {"unit": 1, **SOURCED},
    "authentication": {"scheme": "bearer", **SOURCED},
    "formula": SOURCED,
    "bodies": {"any": {"ok": True}},
    "responses": {
        name: {"status": 200, "body": "any", "outcomes": [name], **SOURCED}
        for name in ("accepted", "invalid", "unknown_model", "unpriced", "insufficient_credits", "internal")
    },
    "queries": {"task": {"method": "GET", "path": "/task", "title": "Task", "answer": {"id": "string"}, **SOURCED}},
    "tasks": {"query": "task", "states": {"done": "completed"}, **SOURCED},
}


def catalogs(seed: int, folder: Path) -> Iterator[Catalog]:
    """Make catalogs without end, the same ones from the same seed; what the loader refuses is made anew."""
    chance = random.Random(seed)  # noqa: S311 -- the same catalogs every time
    path = folder / "random.toml"
    for number in count():
        path.write_text(as_toml(_tables(chance, f"random-{seed}-{number}")))
        try:
            yield load_catalog(path)
        except CatalogError:
            continue


def as_toml(tables: Table) -> str:
    """Write tables as TOML, one line for each part of a part."""
    plain = [f"{_key(name)} = {_inline(part)}" for name, part in tables.items() if not isinstance(part, dict)]
    for name, part in tables.items():
        if isinstance(part, dict):
            plain += [f"[{name}]", *(f"{_key(key)} = {_inline(value)}" for key, value in part.items())]
    return "\n".join(plain)


def _inline(value: object) -> str:
    match value:
        case dict():
            return f"{{ {', '.join(f'{_key(key)} = {_inline(inner)}' for key, inner in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(map(_inline, value))}]"
        case datetime():
            return value.isoformat()
        case _:
            return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


@frozen
class Draft:
    """What is drawn of a catalog before its rules: tables of fields, endpoints and models."""

    fields: Table
    endpoints: Table
    models: Table


def _tables(chance: random.Random, name: str) -> Table:
    draft = Draft(_fields(chance), {}, {})
    for endpoint in ("one", "two")[: chance.choice((1, 1, 2))]:
        _endpoint(chance, draft, endpoint)
    prices = [price for model in draft.models for price in _prices(chance, draft, model)]
    for endpoint in draft.endpoints.values():
        models = {name: model for name, model in draft.models.items() if model["endpoint"] == endpoint["path"][1:]}
        own = [price for price in prices if price["models"][0] in models]
        tiered = {name for name, field in draft.fields.items() if field.get("one_of") == "tiers"}
        lacking = {name for name in tiered for price in own if name not in price}
        endpoint["required"] = [name for name in endpoint["required"] if name not in lacking]
        endpoint["rules"] = rules(chance, {name: draft.fields[name] for name in endpoint["fields"]}, models, own)
    parts = {"fields": draft.fields, "endpoints": draft.endpoints, "models": draft.models}
    return {"id": name, "title": "Random", "version": "2026-06-01", "prices": prices, **PROTOCOL, **parts}


def _fields(chance: random.Random) -> Table:
    """Draw the fields, objects first; a field stands in the body or in an object."""
    objects = [{"wire": "/job"}, {"wire": "/opt"}, {"wire": "/job/in"}, {"wire": "/opt/in"}]
    kept = [one for one in objects if chance.random() < 0.6]
    places = ["", *(one["wire"] for one in kept)]
    kept = [one for one in kept if one["wire"].rpartition("/")[0] in places]
    places = ["", *(one["wire"] for one in kept)]
    found: Table = {f"object{number}": {**one, "type": "object"} for number, one in enumerate(kept)}
    for name, field in _kinds(chance).items():
        found[name] = {"wire": f"{chance.choice(places)}/{chance.choice(('', 'a~1', 'ü'))}{name}", **field}
    return {name: {**dict.fromkeys(WORDS, name), **SOURCED, **field} for name, field in found.items()}


def _kinds(chance: random.Random) -> Table:
    """Draw what stands at each of the fields that hold values, and leave some out."""
    duration, resolution, audio = (
        chance.choice(kinds) for kinds in (("integer", "number"), tuple(TIERS), ("boolean", "string"))
    )
    texts = chance.sample([*TEXTS, ""], 3)
    bounds = {"minimum": chance.choice((-2, 0, 1)), "maximum": chance.choice((2, 5))}
    longest = chance.choice(("longest", 3, 0))
    outputs = chance.choice(({"maximum": 4}, {"one_of": [1, 2, 4]}, {"one_of": "counts", "maximum": 4}))
    found: Table = {
        "model": {"type": "string", "one_of": "models"},
        "prompt": {"type": "string", **_maybe(chance, min_length=chance.choice((0, 1, 2)), max_length=longest)},
        "note": {"type": "string", **_maybe(chance, min_length=2, max_length=4, default=chance.choice(TEXTS))},
        "mode": {"type": "string", "one_of": "modes", **_maybe(chance, default="text")},
        "references": {"type": "urls", **_maybe(chance, max_items=chance.choice(("most", 0, 1, 3)))},
        "duration": {"type": duration, "one_of": "tiers", **_maybe(chance, default=5, minimum=1)},
        "resolution": {"type": resolution, "one_of": "tiers"},
        "audio": {"type": audio, "one_of": "tiers"},
        "outputs": {"type": "integer", "minimum": 1, **outputs, **_maybe(chance, default=chance.choice((1, 2)))},
        "style": {"type": "string", "one_of": texts, **_maybe(chance, default=texts[0])},
        "ratio": {"type": "string", "one_of": "ratios", **_maybe(chance, min_length=1, max_length=2, default="bb")},
        "steps": {"type": "integer", **_maybe(chance, **bounds, default=2)},
        "scale": {"type": "number", **_maybe(chance, one_of=chance.choice(([1, 2, 5], "ratios", None)), **bounds)},
        "flag": {"type": "boolean", **_maybe(chance, default=chance.choice((True, False)))},
        "hook": {"type": "url"},
        "extra": {"type": "opaque", **SOURCED},
    }  # fmt: skip
    return {name: field for name, field in found.items() if name == "model" or chance.random() < 0.6}


def _maybe(chance: random.Random, **parts: Any) -> Table:
    return {name: part for name, part in parts.items() if part is not None and chance.random() < 0.5}


def _endpoint(chance: random.Random, draft: Draft, name: str) -> None:
    """Draw an endpoint of some of the fields, and its models."""
    around = {
        one for one in draft.fields if f"{draft.fields['model']['wire']}".startswith(f"{draft.fields[one]['wire']}/")
    }
    needed = {"model", *around}
    chosen = [one for one in draft.fields if one in needed or chance.random() < 0.85]
    wires = {draft.fields[one]["wire"] for one in chosen if draft.fields[one]["type"] == "object"}
    fields = [one for one in chosen if draft.fields[one]["wire"].rpartition("/")[0] in {"", *wires}]
    modes = {}
    if "mode" not in fields and "references" in fields:
        modes = {"modes": {"without_references": "text", "with_references": "stills"}}
    draft.endpoints[name] = {
        "method": "POST", "path": f"/{name}", "title": name, "fields": fields,
        "required": [one for one in fields if one in needed or chance.random() < 0.25],
        "limits": _limits(chance, draft, fields), **modes, **SOURCED,
    }  # fmt: skip
    for number in range(chance.choice((1, 2, 2, 3))):
        several = modes or "mode" in fields
        listed = chance.choice((["text"], ["stills"], ["text", "stills"])) if several else ["text"]
        limits = _limits(chance, draft, fields)
        draft.models[f"{name}/{number}"] = {
            "title": f"{name} {number}", "endpoint": name, "modes": listed, "limits": limits, **SOURCED,
        }  # fmt: skip


def _limits(chance: random.Random, draft: Draft, fields: list[str]) -> Table:
    """Draw some of the limits that fields name."""
    texts = chance.choice((["a", "bb"], ["", "wide"]))
    every: Table = {
        "longest": chance.choice((0, 1, 4)),
        "most": chance.choice((0, 1, 2)),
        "counts": chance.choice(([1, 3], [2], [1, 2, 4])),
        "ratios": [1, 5] if draft.fields.get("scale", {}).get("one_of") == "ratios" else texts,
    }  # fmt: skip
    read = {part for one in fields for part in draft.fields[one].values() if isinstance(part, str)}
    return {name: limit for name, limit in every.items() if name in read and chance.random() < 0.6}


def _prices(chance: random.Random, draft: Draft, model: str) -> Iterator[Table]:
    """Draw one price of a model, or three of which the second is in force."""
    fields = draft.endpoints[draft.models[model]["endpoint"]]["fields"]
    for since in chance.choice(((None,), EDITIONS)):
        price: Table = {"models": [model], "base": chance.choice((3, "1.7", "5/3")), **SOURCED}
        for name in ("duration", "resolution", "audio"):
            if name in fields and chance.random() < 0.75:
                kind = draft.fields[name]["type"]
                values = [False, True] if kind == "boolean" else TIERS[kind]
                kept = [value for value in values if value == 5 or chance.random() < 0.7] or values
                price[name] = {_text(value): number + 1 for number, value in enumerate(kept)}
                if chance.random() < 0.5:
                    price["default"] = {**price.get("default", {}), name: chance.choice(kept)}
        yield {**price, **({"since": since} if since else {})}


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
