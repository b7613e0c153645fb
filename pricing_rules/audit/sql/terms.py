"""The bits of the rules of an audit and the limits of each model, as they are handed out."""

from typing import Any

from pricing_rules.answers import Value
from pricing_rules.audit.sql.text import Dialect, literal
from pricing_rules.catalog.columns import MICROS, is_numeric
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog

COUNTED = ("references", "prompt_length")
MOST_RULES = 62  # bits of a signed integer


class Bits:
    """Bits and limits as they are handed out."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.names: list[str] = []
        self.limits: dict[str, dict[str, Any]] = {}

    def bit(self, rule: str) -> int:
        """Return the next bit, for a rule."""
        if len(self.names) == MOST_RULES:
            raise UnusableLog(f"an audit judges at most {MOST_RULES} rules of a catalog")
        self.names.append(rule)
        return 1 << (len(self.names) - 1)

    def limit(self, values: dict[str, Any]) -> str:
        """Return the column with these values by model."""
        known = next((name for name, other in self.limits.items() if other == values), f"limit_{len(self.limits)}")
        self.limits[known] = values
        return f"m.{known}"

    def any_of(self, values: dict[str, tuple[Any, ...]], column: str) -> str:
        """Return the condition that a column has none of the values that its model allows."""
        lists = tuple(dict.fromkeys(values.values()))
        which = self.limit({model: lists.index(allowed) for model, allowed in values.items()})
        texts = (self.listed(allowed) for allowed in lists)
        return " OR ".join(f"({which} = {index} AND {column} NOT IN ({text}))" for index, text in enumerate(texts))

    def listed(self, values: tuple[Any, ...]) -> str:
        """Write values side by side."""
        return ", ".join(literal(value, self.dialect) for value in values)


def column_values(catalog: Catalog, name: str, values: tuple[Value, ...]) -> tuple[Any, ...]:
    """Return allowed values as a column holds them."""
    if is_numeric(catalog, name):
        return tuple(int(value) * MICROS for value in values)
    return tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in values)
