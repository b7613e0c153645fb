"""Rulebooks as TypeScript: a union of closed shapes, told apart by model and mode; and the types of our answers."""

import json
from collections.abc import Iterable, Iterator, Mapping

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import Maximum, MaxItems, MaxLength, Minimum, MinLength, Type, sentence
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.catalog.sale import layers_of, shows_working
from pricing_rules.targets.names import Names
from pricing_rules.targets.shapes import Slot
from pricing_rules.targets.variants import Variant, variants

PLAIN: Mapping[Type, str] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "url": "string",
    "opaque": "{ [key: string]: unknown }",
}
OURS = ("Amount", "Basis", "Layer", "Line", "Model", "Parameters", "Quote", "Requests", "Violation")
ANSWERS = """\
export type Basis = "documented" | "inferred";

/** An amount: a number where one prints it exactly, else text. */
export type Amount = number | string;

/** One fault of a request; `path` is a JSON Pointer into it. */
export interface Violation {
  path: string;
  rule: string;
  message: string;
  limit: Amount | boolean | Array<string | number | boolean> | null;
  basis: Basis;
  source: string;
}

/** What a price depends on; null where the model has no such parameter. */
export interface Parameters {
  duration: string | number | boolean | null;
  resolution: string | number | boolean | null;
  outputs: number | null;
  audio: string | number | boolean | null;
}
"""
WORKING = """\
/** One factor of a price; `multiplier` is exact text such as "1.47" or "5/3". */
export interface Line {
  factor: "base" | "duration" | "resolution" | "outputs" | "audio" | "custom";
  value: string | number | boolean | null;
  multiplier: string;
  basis: Basis;
  source: string;
}

/** What a request costs, in credits and US dollars; `exact` and `rounding` are exact text. */
export interface Quote {
  service: string;
  model: Model;
  credits: Amount;
  usd: Amount | null;
  parameters: Parameters;
  lines: Line[];
  exact: string;
  rounding: string;
  basis: Basis;
  notes: string[];
  sources: string[];
  catalog_version: string;
  fingerprint: string;
}
"""
AMOUNTS = """\
/** What a request costs, in credits and US dollars. */
export interface Quote {
  service: string;
  model: Model;
  credits: Amount;
  usd: Amount | null;
  parameters: Parameters;
  catalog_version: string;
}
"""
LAYERS = """\
  layers: Layer[];
}

/** An overlay that a price was made under. */
export interface Layer {
  id: string;
  version: string;
  of: "product" | "charge";
  shows: "price" | "working";
}
"""


def declarations(catalog: Catalog) -> str:
    """Return a module of types for a service: its models, the requests of each endpoint, our answers.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    parts = [f"/** Requests to {_comment(catalog.title)}, catalog of {catalog.version}. Generated; do not edit. */"]
    parts.append(f"export type Model = {_union(catalog.models)};")
    names = Names(OURS)
    unions = {}
    for endpoint in catalog.endpoints.values():
        shapes = [(names.of(variant.title), variant) for variant in variants(catalog, endpoint)]
        parts += [_interface(name, variant) for name, variant in shapes]
        unions[endpoint.id] = names.of(f"{endpoint.id} request")
        parts.append(_request(endpoint, unions[endpoint.id], [name for name, _ in shapes]))
    members = "".join(f"  {json.dumps(endpoint)}: {union};\n" for endpoint, union in unions.items())
    parts.append(f"/** The request of each endpoint. */\nexport interface Requests {{\n{members}}}")
    return "\n\n".join((*parts, ANSWERS.rstrip("\n"), _quote(catalog)))


def _quote(catalog: Catalog) -> str:
    """Return the type of what `as_dict` makes of a quote: under overlays what they show."""
    if not shows_working(catalog):
        return AMOUNTS
    more = ' | "charge" | "rate" | "minimum"' if layers_of(catalog) else ""
    return WORKING.replace('"custom";', f'"custom"{more};').removesuffix("}\n") + LAYERS


def _request(endpoint: Endpoint, name: str, shapes: list[str]) -> str:
    about = f"/** {_comment(endpoint.title)}: {_comment(endpoint.method)} {_comment(endpoint.path)} */"
    members = "".join(f"\n  | {shape}" for shape in shapes) or " never"
    return f"{about}\nexport type {name} ={members};"


def _interface(name: str, variant: Variant) -> str:
    about = f"/** {_comment(variant.model.id)}{f', {_comment(variant.mode)}' if variant.mode else ''} */"
    return f"{about}\nexport interface {name} {{\n{''.join(_members(variant, (), 1))}}}"


def _members(variant: Variant, path: tuple[str, ...], depth: int) -> Iterator[str]:
    """Yield the members of an object of a shape; those that it must not have are never."""
    pad = "  " * depth
    for slot in variant.slots.values():
        field = slot.rules.field
        if field.segments[:-1] != path:
            continue
        key = json.dumps(field.segments[-1])
        if slot.presence == "absent":
            yield f"{pad}{key}?: never;\n"
            continue
        mark = "?" if slot.presence == "optional" else ""
        if field.type == "object":
            inside = "".join(_members(variant, field.segments, depth + 1))
            kind = f"{{\n{inside}{pad}}}"
        else:
            kind = _type(slot)
        yield f"{pad}/** {_comment(field.about)}{_limits(slot.rules)} */\n{pad}{key}{mark}: {kind};\n"


def _type(slot: Slot) -> str:
    if slot.values is not None:
        return _union(slot.values)
    if slot.rules.field.type == "urls":
        return _array(slot)
    if slot.size == "empty":
        return '""' if slot.rules.field.type == "string" else "{ [key: string]: never }"
    return PLAIN[slot.rules.field.type]


def _array(slot: Slot) -> str:
    most = slot.rules.limit(MaxItems)
    if slot.size == "empty" or most == 0:
        return "[]"
    if most == 1:
        return "[string]" if slot.size == "given" else "[] | [string]"
    return "[string, ...string[]]" if slot.size == "given" else "string[]"


def _limits(rules: FieldRules) -> str:
    """Say what a type cannot: the bounds of numbers, text and arrays."""
    bounds = [c for c in rules.constraints if isinstance(c, Minimum | Maximum | MinLength | MaxLength | MaxItems)]
    return "".join(f" {_comment(sentence(bound, rules.field.name))}." for bound in bounds)


def _union(values: Iterable[Value]) -> str:
    return " | ".join(json.dumps(value) for value in values) or "never"


def _comment(text: str) -> str:
    """Write text where it cannot end a comment or a line, nor be shown in another order than it stands in."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in line).replace("*/", "* /")
