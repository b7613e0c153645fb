"""What stands in a log, as text in SQL, for whoever has to see it; never a prompt or a body."""

from collections.abc import Mapping

from pricing_rules.audit.log.dialect import Dialect
from pricing_rules.audit.log.expressions import count_or_items, instant, items, text
from pricing_rules.audit.log.part import Raw
from pricing_rules.audit.log.places import Found
from pricing_rules.audit.log.reduction import OWN
from pricing_rules.catalog.columns import Source

LONGEST = 200  # characters of a value


def as_stated(value: Raw, source: Source, dialect: Dialect) -> str:
    """Write the text of a value as it stands in a log; of a prompt its length, of a list its items, of an object none.

    A time with a zone is its UTC microseconds: how it would be shown is a matter of the session.
    """
    match value.family:
        case _ if source.measure == "characters":
            shown = f"LENGTH({text(value)})"
        case _ if source.measure == "items":
            shown = items(value, dialect)
        case "list":
            shown = count_or_items(value, dialect)
        case "zoned":
            shown = instant(value, dialect)
        case "object" | "other":
            shown = "NULL"
        case _:
            shown = value.expression
    return f"SUBSTR(CAST({shown} AS STRING), 1, {LONGEST})"


def stated(found: Mapping[str, Found], dialect: Dialect) -> dict[str, str]:
    """Return what stands in the columns that differ on every row, each as one text by a name in SQL."""
    return {f"v_{name}": _joined(found[name], dialect) for name in OWN if name in found}


def _joined(column: Found, dialect: Dialect) -> str:
    """Write what stands at the places of a column as one text."""
    texts = [as_stated(*place, dialect) for place in column.places]
    if len(texts) == 1:
        return texts[0]
    named = zip(map(_plain, column.names), texts, strict=True)
    each = (f"CASE WHEN {value} IS NOT NULL THEN CONCAT('{name}: ', {value}) END" for name, value in named)
    return f"NULLIF(CONCAT_WS('; ', {', '.join(each)}), '')"


def _plain(name: str) -> str:
    """Return the name of a place as text that is the same in every dialect of SQL."""
    return name.replace("'", "").replace("\\", "")
