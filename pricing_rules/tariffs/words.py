"""The words of a catalog, which change no request and no price: titles, sentences, documents and reasons."""

from collections.abc import Iterator, Mapping

from pricing_rules.catalog.records import Catalog
from pricing_rules.tariffs.difference import Difference


def word_differences(old: Catalog, new: Catalog) -> Iterator[tuple[str | None, Difference]]:
    """Yield every difference of words, with the model that it is about."""
    before, after = dict(_words(old)), dict(_words(new))
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was != now:
            model, place = key
            yield model, Difference("words", "says", place, f"{place}: {now!a}; before: {was!a}.", was, now)


def _words(catalog: Catalog) -> Iterator[tuple[tuple[str | None, str], str]]:
    yield (None, "/title"), catalog.title
    for kind, origins in (("sources", catalog.sources), ("readings", catalog.readings)):
        for name, origin in origins.items():
            yield (None, _pointer(kind, name)), origin.source
    for model in catalog.models.values():
        yield (model.id, f"{_pointer('models', model.id)}/title"), model.title
    for table, records in _titled(catalog).items():
        for name, texts in records.items():
            for part, text in texts.items():
                yield (None, f"{_pointer(table, name)}/{part}"), text


def _titled(catalog: Catalog) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the words of each record by the table that it stands in."""
    notes = {
        endpoint.id: {f"notes/{number}/about": note.about for number, note in enumerate(endpoint.notes)}
        for endpoint in catalog.endpoints.values()
    }
    return {
        "fields": {
            field.id: {"title": field.title, "about": field.about, "examples": ", ".join(map(str, field.examples))}
            for field in catalog.fields.values()
        },
        "endpoints": {one.id: {"title": one.title, **notes[one.id]} for one in catalog.endpoints.values()},
        "queries": {query.id: {"title": query.title} for query in catalog.queries.values()},
        "responses": {response.id: {"message": response.message} for response in catalog.responses.values()},
    }


def _pointer(table: str, name: str) -> str:
    return f"/{table}/{name.replace('~', '~0').replace('/', '~1')}"
