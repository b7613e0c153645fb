"""The same rules as the peers express them, made from the rules of each model; each in the best form that it has."""

# ruff: noqa: ANN401, PLC0415 -- each peer is imported by its own function, and makes its types itself

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, NotRequired, Required, Union

from pricing_rules import Catalog
from pricing_rules.catalog.constraints import (
    Given,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    NotGiven,
    OneOf,
)
from pricing_rules.catalog.constraints import Required as IsRequired
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook

Request = dict[str, Any]
Contender = tuple[str, Callable[[Request], Any], Callable[[Request], bool]]
URL = "^https?://(.|\\n)"


def books(catalog: Catalog) -> dict[str, Rulebook]:
    """Return the rules of every model."""
    return {model.id: rulebook(catalog, catalog.endpoints[model.endpoint], model) for model in catalog.models.values()}


def limits(rules: FieldRules) -> dict[type, Any]:
    """Return the limit of each kind of constraint that a field has."""
    return {type(constraint): getattr(constraint, "limit", None) for constraint in rules.constraints}


def taken(book: Rulebook) -> dict[str, FieldRules]:
    """Return the fields that a model takes, by their key."""
    fields = {rules.field.segments[0]: rules for rules in book.fields.values()}
    return {key: rules for key, rules in fields.items() if NotAllowed not in limits(rules)}


def modes(book: Rulebook) -> tuple[set[str], set[str]]:
    """Return the modes that need references and those that bar them."""
    needing, barring = set(), set()
    for rule in book.rules:
        where = {value for one in rule.when for value in one.limit}
        if isinstance(rule.then[0], Given):
            needing |= where
        elif isinstance(rule.then[0], NotGiven):
            barring |= where
    return needing, barring


def schema(book: Rulebook) -> dict[str, Any]:
    """Write a model's rules as one closed JSON Schema."""
    kinds = {"url": "string", "urls": "array", "opaque": "object"}
    names = {
        Minimum: "minimum",
        Maximum: "maximum",
        MinLength: "minLength",
        MaxLength: "maxLength",
        MaxItems: "maxItems",
    }
    found: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    for key, rules in taken(book).items():
        held = limits(rules)
        this: dict[str, Any] = {"type": kinds.get(rules.field.type, rules.field.type)}
        this |= {names[kind]: limit for kind, limit in held.items() if kind in names}
        if OneOf in held:
            this["enum"] = [book.model.id] if key == "model" and book.model else list(held[OneOf])
        if rules.field.type == "urls":
            this["items"] = {"type": "string", "pattern": URL}
        found["properties"][key] = this
        found["required"] += [key] if IsRequired in held else []
    needing, barring = modes(book)
    if needing:
        chosen = {"properties": {"inputMode": {"enum": sorted(needing)}}, "required": ["inputMode"]}
        given = {"properties": {"inputImageUrls": {"minItems": 1}}, "required": ["inputImageUrls"]}
        barred = {"properties": {"inputImageUrls": {"maxItems": 0}}}
        found |= {"if": chosen, "then": given, "else": barred} if barring else {}
    return found


def wrong_mode(book: Rulebook) -> Callable[[Any, Any], bool]:
    """Return what tells whether references do not fit a mode."""
    needing, barring = modes(book)
    return lambda mode, references: (mode in needing and not references) or (mode in barring and bool(references))


def jsonschema_rs(catalog: Catalog) -> list[Contender]:
    """One validator for each model, looked up by it."""
    import jsonschema_rs as library

    known = {model: library.validator_for(schema(book)) for model, book in books(catalog).items()}
    return [
        (
            "jsonschema-rs per model",
            lambda body: [(error.instance_path, error.message) for error in known[body["model"]].iter_errors(body)],
            lambda body: known[body["model"]].is_valid(body),
        )
    ]


def jsonschema(catalog: Catalog) -> list[Contender]:
    """One validator for each model, looked up by it."""
    from jsonschema import Draft202012Validator

    known = {model: Draft202012Validator(schema(book)) for model, book in books(catalog).items()}
    return [
        (
            "jsonschema per model",
            lambda body: [(error.path, error.message) for error in known[body["model"]].iter_errors(body)],
            lambda body: known[body["model"]].is_valid(body),
        )
    ]


def refusing(
    check: Callable[[Request], Any], fault: type[Exception]
) -> tuple[Callable[[Request], Any], Callable[[Request], bool]]:
    """Return what lists the faults of a checker that raises, and what decides."""

    def listed(body: Request) -> Any:
        try:
            check(body)
        except fault as found:
            return found.errors() if hasattr(found, "errors") else [str(found)]
        return []

    def decided(body: Request) -> bool:
        try:
            check(body)
        except fault:
            return False
        return True

    return listed, decided


def fastjsonschema(catalog: Catalog) -> list[Contender]:
    """One compiled function for each model, looked up by it."""
    import fastjsonschema as library

    known = {model: library.compile(schema(book)) for model, book in books(catalog).items()}
    return [
        ("fastjsonschema per model", *refusing(lambda body: known[body["model"]](body), library.JsonSchemaException))
    ]


NAMES = {Minimum: "ge", Maximum: "le", MinLength: "min_length", MaxLength: "max_length", MaxItems: "max_length"}
KINDS: dict[str, Any] = {"string": str, "integer": int, "number": float, "opaque": dict[str, Any]}


def typed(book: Rulebook, key: str, rules: FieldRules, meta: Callable[..., Any]) -> Any:
    """Return the annotation of a field; `meta` makes what a library annotates limits with."""
    held = limits(rules)
    if OneOf in held:
        return Literal[(book.model.id,) if key == "model" and book.model else held[OneOf]]
    found = {NAMES[kind]: limit for kind, limit in held.items() if kind in NAMES}
    kind = list[Annotated[str, meta(pattern=URL)]] if rules.field.type == "urls" else KINDS[rules.field.type]
    return Annotated[kind, meta(**found)] if found else kind


def struct(book: Rulebook, **options: Any) -> Any:
    """Return a model's msgspec Struct; with a tag, the field `model` is the tag."""
    import msgspec as library

    fields = [
        (key, typed(book, key, rules, library.Meta))
        if IsRequired in limits(rules)
        else (key, typed(book, key, rules, library.Meta) | library.UnsetType, library.UNSET)
        for key, rules in sorted(taken(book).items(), key=lambda item: IsRequired not in limits(item[1]))
        if key != options.get("tag_field")
    ]
    return library.defstruct("Request", fields, forbid_unknown_fields=True, gc=False, **options)


def msgspec(catalog: Catalog) -> list[Contender]:
    """One Struct for each model, looked up by it; a rule across fields is Python after it."""
    import msgspec as library

    known = {model: (struct(book), wrong_mode(book), "mode" in book.fields) for model, book in books(catalog).items()}

    def check(body: Request) -> None:
        kind, wrong, moded = known[body["model"]]
        made = library.convert(body, kind)
        if moded and wrong(made.inputMode, made.inputImageUrls or ()):
            raise library.ValidationError("references do not fit the mode")

    return [("msgspec Struct per model", *refusing(check, library.ValidationError))]


def decoding(catalog: Catalog) -> Callable[[bytes], bool]:
    """Return what parses and decides in one: a union of Structs, told apart by the model; modes are Python after it."""
    import msgspec as library

    kinds = {struct(book, tag=model, tag_field="model"): book for model, book in books(catalog).items()}
    wrongs = {kind: wrong_mode(book) for kind, book in kinds.items() if "mode" in book.fields}
    decode = library.json.Decoder(Union[tuple(kinds)]).decode  # noqa: UP007

    def check(raw: bytes) -> None:
        made: Any = decode(raw)
        wrong = wrongs.get(type(made))
        if wrong and wrong(made.inputMode, made.inputImageUrls or ()):
            raise library.ValidationError("references do not fit the mode")

    return refusing(check, library.ValidationError)[1]


def cattrs(catalog: Catalog) -> list[Contender]:
    """One attrs class for each model, looked up by it; a hook for each field, so that the faults of all are listed."""
    import cattrs as library
    from attrs import NOTHING, field, make_class
    from cattrs.gen import make_dict_structure_fn, override

    converter = library.Converter(detailed_validation=True)

    def structuring(book: Rulebook) -> Callable[[Request], Any]:
        fields = taken(book)
        attributes = {
            key: field(default=NOTHING if IsRequired in limits(rules) else None) for key, rules in fields.items()
        }
        made = make_class("Request", attributes, slots=True, kw_only=True)
        hooks: Any = {key: override(struct_hook=hook(book, key, rules)) for key, rules in fields.items()}
        read = make_dict_structure_fn(made, converter, _cattrs_forbid_extra_keys=True, **hooks)
        return lambda body: read(body, made)

    known = {
        model: (structuring(book), wrong_mode(book), "mode" in book.fields) for model, book in books(catalog).items()
    }

    def listed(body: Request) -> list[str]:
        read, wrong, moded = known[body["model"]]
        try:
            made = read(body)
        except library.BaseValidationError as faults:
            return library.transform_error(faults)
        return ["references do not fit the mode"] if moded and wrong(made.inputMode, made.inputImageUrls) else []

    return [("cattrs per model", listed, lambda body: not listed(body))]


def hook(book: Rulebook, key: str, rules: FieldRules) -> Callable[[Any, Any], Any]:
    """Return what takes a value as it is or raises; cattrs itself would make text of a number."""
    held, types = limits(rules), {"integer": (int,), "number": (int, float), "opaque": (dict,), "urls": (list,)}
    kinds = types.get(rules.field.type, (str,))
    low, high = held.get(Minimum), held.get(Maximum)
    shortest, longest = held.get(MinLength), held.get(MaxLength, held.get(MaxItems))
    values = frozenset((book.model.id,) if key == "model" and book.model else held.get(OneOf, ()))
    matches, is_urls = re.compile(URL).match, rules.field.type == "urls"

    def judge(value: Any, _: Any) -> Any:
        if type(value) not in kinds or (values and value not in values):
            raise ValueError("type or value")
        if (low is not None and value < low) or (high is not None and value > high):
            raise ValueError("bounds")
        if (longest is not None and len(value) > longest) or (shortest is not None and len(value) < shortest):
            raise ValueError("length")
        if is_urls and not all(type(item) is str and matches(item) for item in value):
            raise ValueError("url")
        return value

    return judge


def pydantic(catalog: Catalog) -> list[Contender]:
    """TypedDict and BaseModel, each as a discriminated union and as one type looked up by the model."""
    import pydantic as library
    from typing_extensions import TypedDict

    strict = library.ConfigDict(extra="forbid", strict=True)

    def typed_dict(book: Rulebook) -> Any:
        wrong = wrong_mode(book)
        fields = {
            key: (Required if IsRequired in limits(rules) else NotRequired)[typed(book, key, rules, library.Field)]
            for key, rules in taken(book).items()
        }
        made = TypedDict("Request", fields)  # type: ignore[misc, operator]
        made.__pydantic_config__ = strict  # type: ignore[attr-defined]

        def fits(body: Any) -> Any:
            if wrong(body["inputMode"], body.get("inputImageUrls")):
                raise ValueError("references do not fit the mode")
            return body

        return Annotated[made, library.AfterValidator(fits)] if "mode" in book.fields else made

    def model(book: Rulebook) -> Any:
        wrong = wrong_mode(book)
        fields: dict[str, Any] = {
            key: (typed(book, key, rules, library.Field), ... if IsRequired in limits(rules) else None)
            for key, rules in taken(book).items()
        }

        def fits(self: Any) -> Any:
            if wrong(self.inputMode, self.inputImageUrls):
                raise ValueError("references do not fit the mode")
            return self

        validators = {"fits": library.model_validator(mode="after")(fits)} if "mode" in book.fields else None
        return library.create_model("Request", __config__=strict, __validators__=validators, **fields)

    found = []
    for name, make in (("TypedDict", typed_dict), ("BaseModel", model)):
        types = {model_id: make(book) for model_id, book in books(catalog).items()}
        every = Union[tuple(types.values())]  # noqa: UP007
        union = library.TypeAdapter(Annotated[every, library.Field(discriminator="model")])
        single = {model_id: library.TypeAdapter(kind) for model_id, kind in types.items()}
        found.append((f"pydantic {name} union", *refusing(union.validate_python, library.ValidationError)))
        one = lambda body, single=single: single[body["model"]].validate_python(body)  # noqa: E731
        found.append((f"pydantic {name} per model", *refusing(one, library.ValidationError)))
    return found


PEERS = (msgspec, jsonschema_rs, pydantic, fastjsonschema, jsonschema, cattrs)
LIMITS = {
    "msgspec Struct per model": "lists one fault, builds an object",
    "jsonschema-rs per model": "",
    "pydantic TypedDict union": "modes only after all else is right, builds a dict",
    "pydantic TypedDict per model": "as above",
    "pydantic BaseModel union": "as above, builds an object",
    "pydantic BaseModel per model": "as above, builds an object",
    "fastjsonschema per model": "lists one fault",
    "jsonschema per model": "",
    "cattrs per model": "a hook for each field against coercion; modes last, items unlisted, builds an object",
    "by hand": "no messages, no sources",
    "by hand: decide": "the limit, after the same parser",
    "msgspec native decode: decide": "parses itself, lists one fault, builds an object",
}
