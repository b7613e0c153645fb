"""Look for a catalog file that the loader does not stand, guided by coverage: what loads must quote and export as well.

    pip install atheris
    python benchmarks/fuzz_catalog.py FOLDER -max_total_time=3600 -max_len=20000 -rss_limit_mb=500 -timeout=10

FOLDER holds files to start from, such as those of pricing_rules/catalogs, and gets what is found on the way.
"""

import sys

import atheris

with atheris.instrument_imports(include=["pricing_rules", "tomllib"]):
    from pricing_rules import CatalogError, as_dict, options
    from pricing_rules.catalog.loading import catalog_of, tables_in
    from pricing_rules.errors import Inexpressible
    from pricing_rules.export import files


def judge(content: bytes) -> None:
    """Load the content of a file, and use what it gives."""
    try:
        catalog = catalog_of(tables_in(content, "own.toml"), "own.toml")
    except CatalogError as error:
        as_dict(error)
        return
    for option in options(catalog):
        as_dict(option)
    try:
        files((catalog,))
    except Inexpressible as error:
        as_dict(error)


atheris.Setup(sys.argv, judge)
atheris.Fuzz()
