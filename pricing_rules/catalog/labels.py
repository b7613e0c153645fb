"""What values of a request are called for people: models by their title, numbers with their unit."""

from collections import Counter

from pricing_rules.answers import Value, with_unit
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.records import Catalog, Field


def label_of(catalog: Catalog, field: Field, value: Value) -> str:
    """Return what a value of a field is called: "Wan 2.6 I2V", "Image to video", "5 s", else the value itself."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case str() if field.id == "model":
            return _titles(catalog).get(value, value)
        case str() if field.id == "mode":
            return words_of(value)
        case _:
            return with_unit(field.id, value)


def words_of(name: str) -> str:
    """Return an id as words, such as "Image to video"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] or name


@per_catalog
def _titles(catalog: Catalog) -> dict[str, str]:
    """Return the title of each model; models that share one are told apart by their ids."""
    titles = {model.id: model.title or model.id for model in catalog.models.values()}
    times = Counter(titles.values())
    return {model: title if times[title] == 1 else f"{title} ({model})" for model, title in titles.items()}
