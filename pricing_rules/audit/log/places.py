"""Where a log keeps the columns of a usage record, and the SQL that gets at each place."""

from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from pricing_rules.audit.log.dialect import Dialect, identifier, literal
from pricing_rules.audit.log.part import Part, Raw, raw
from pricing_rules.audit.mapping.records import LogMapping, Writing
from pricing_rules.audit.meaning.values import FLAGS
from pricing_rules.catalog.columns import COLUMNS, Source, body_sources, sources
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, listed, shown

UNMAPPED = LogMapping()
NEEDED = tuple(column.name for column in COLUMNS.values() if column.needed)


@frozen
class Found:
    """A column of a usage record in a log: where it stands, one or several times, or what it is assumed to say."""

    places: tuple[tuple[Raw, Source], ...]
    assumed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the keys that lead to each place, as one text."""
        return tuple(".".join(source.keys) for _, source in self.places)


@frozen
class Objects:
    """JSON objects in text columns of a log: the paths that are wanted of each, so that it is parsed once for all."""

    dialect: Dialect
    paths: dict[str, list[str]] = field(factory=dict)

    def value(self, outer: Raw, keys: tuple[str, ...]) -> Raw:
        """Return the text at a path of the object in a column of text."""
        path = literal("$" + "".join(self.dialect.key.format(key) for key in keys), self.dialect)
        paths = self.paths.setdefault(outer.expression, [])
        paths.append(path)
        name, text = f"r.{self._name(outer.expression)}", outer.expression
        broken = f"({text} IS NOT NULL AND {text} <> '' AND {name} IS NULL)"
        return Raw(f"{name}[{len(paths)}]", "text", type=outer.type, broken=broken)

    def relation(self, relation: str) -> str:
        """Write a relation with its objects opened."""
        opened = (f", {self._opened(text, paths)} AS {self._name(text)}" for text, paths in self.paths.items())
        return f"SELECT r.*{''.join(opened)} FROM ({relation}) r" if self.paths else relation

    def _opened(self, text: str, paths: list[str]) -> str:
        return self.dialect.opened.format(text, ", ".join(self.dialect.nested.format(text, path) for path in paths))

    def _name(self, text: str) -> str:
        return f"pricing_rules_object_{[*self.paths].index(text)}"


def found_columns(
    catalog: Catalog,
    part: Part,
    objects: Objects,
    *,
    mapping: LogMapping = UNMAPPED,
    body: str | None = None,
    needed: Collection[str] = NEEDED,
) -> dict[str, Found]:
    """Return the columns that a part of a log has, by canonical name; one that is named counts at no other place.

    `objects` gathers what is wanted of JSON objects in text columns; `body` is the column with the raw request bodies.

    Raises:
        UnusableLog: a needed column is missing, or a named one.
    """
    types, wanted = part.columns, _wanted(catalog, part, mapping.columns, body)
    columns = {name: Found(tuple(_places(places, part, objects, mapping.writing))) for name, places in wanted.items()}
    lacking = ((name, value) for name, value in mapping.assumed.items() if not columns[name].places)
    columns |= {name: _assumed(name, value, objects.dialect) for name, value in lacking}
    for name in needed:
        if not columns[name].places:
            asked = " or ".join(shown(".".join(place.keys)) for place in wanted[name])
            near = hint(name, types) or hint(wanted[name][-1].keys[0], types)
            raise UnusableLog(
                f"the log has no column {asked}, which tells the {name}.{near} It has {listed(types, 'and')}"
            )
    return {name: column for name, column in columns.items() if column.places}


def _wanted(catalog: Catalog, part: Part, chosen: Mapping[str, str], body: str | None) -> dict[str, tuple[Source, ...]]:
    """Return where each column is looked for."""
    wanted = sources(catalog)
    for name, column in chosen.items():
        _known(name, COLUMNS, "column of a usage record")
        _known(column, part.columns, "column in the log")
        wanted[name] = (Source((column,)),)
    if body is None:
        return wanted
    _known(body, part.columns, "column in the log")
    told = body_sources(catalog)
    own = {name: (Source((body, *place.keys), place.measure),) for name, place in told.items()}
    return wanted | {name: (*(wanted[name] if name == "model" else ()), *places) for name, places in own.items()}


def _known(name: str, known: Mapping[str, object], what: str) -> None:
    if name not in known:
        raise UnusableLog(f"there is no {what} {shown(name)}.{hint(name, known)}")


def _assumed(name: str, value: str, dialect: Dialect) -> Found:
    """Return a column that says the same in every row; a refund that is assumed by a flag is one."""
    is_flag = name == "credits_refunded" and value in FLAGS
    place = Raw(literal(value, dialect), "text"), Source((name,), "flag" if is_flag else "value")
    return Found((place,), assumed=True)


def _places(wanted: tuple[Source, ...], part: Part, objects: Objects, writing: Writing) -> Iterator[tuple[Raw, Source]]:
    for source in wanted:
        outer, *inner = source.keys
        if outer in part.columns:
            name = identifier(part.names.get(outer, outer), objects.dialect)
            place = raw(f"r.{name}", part.columns[outer], writing)
            value = _value(place, tuple(inner), objects, part.nested.get(outer, {}))
            if value:
                yield value, source


def _value(outer: Raw, inner: tuple[str, ...], objects: Objects, fields: Mapping[str, str]) -> Raw | None:
    """Return the value at further keys of a column: a field of an object, or a path in JSON text."""
    if not inner:
        return outer
    if outer.family == "object":
        name = ".".join(inner)
        path = ".".join((outer.expression, *(identifier(key, objects.dialect) for key in inner)))
        return raw(path, fields[name]) if name in fields else None
    return objects.value(outer, inner) if outer.family == "text" else None
