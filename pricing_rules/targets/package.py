"""The exported folder as an npm package: what can be imported from it, by which name."""

from collections.abc import Iterable
from typing import Any

from pricing_rules.catalog.records import Catalog

NAME = "pricing-rules-schemas"


def package(catalogs: Iterable[Catalog], modules: Iterable[str]) -> dict[str, Any]:
    """Return the content of package.json; its version is the date of the newest catalog.

    Args:
        catalogs: what is exported.
        modules: names of the modules beside it, each of which has types.
    """
    newest = max((catalog.version[:10] for catalog in catalogs), default="0-0-0")  # of an instant its date
    code = {f"./{name}": {"types": f"./{name}.d.mts", "default": f"./{name}.mjs"} for name in modules}
    return {
        "name": NAME,
        "version": ".".join(str(int(part)) for part in newest.split("-")),
        "description": "Schemas, types, tables and a live price, exported by pricing-rules",
        "type": "module",
        "sideEffects": False,
        "exports": {
            **code,
            "./answers": {"types": "./answers.d.ts"},
            "./*/types": {"types": "./*/types.d.ts"},
            "./*.json": "./*.json",
        },
    }
