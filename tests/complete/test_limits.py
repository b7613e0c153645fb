"""Law 9, time and memory: bodies of 10 MB and catalogs at the size limit, each in a fresh interpreter."""
# ruff: noqa: E501 -- a line of the table is a file

from pathlib import Path

import pytest

from support.fresh import cost
from support.places import INVENTED

SIZES = {
    "a long prompt": '{"prompt": "x" * 10_000_000}',
    "numbers for addresses": '{"inputImageUrls": [0] * 5_000_000}',
    "empty addresses": '{"inputImageUrls": [""] * 3_300_000}',
    "unknown fields": '{f"{n:x}": 0 for n in range(1_000_000)}',
    "a long key": '{"x" * 10_000_000: 1}',
    "surrogates": '{"seed": "\\ud800" * 3_000_000}',
}


@pytest.mark.parametrize("body", SIZES.values(), ids=SIZES)
def test_ten_megabytes_take_less_than_10_seconds_and_500_megabytes(body: str):
    before = f"""
from pricing_rules import load_catalog, validate
catalog = load_catalog("gptimage2api")
body = {{"model": "gpt-image-2", "prompt": "a"}} | {body}
"""
    seconds, megabytes = cost(before, "found = validate(catalog, body)")
    assert (seconds < 10, megabytes < 500) == (True, True)


MEGABYTE = 1_000_000


HOSTILE = {
    "deep tables": "".join(f"[k{n}{'.a' * 64}]\n" for n in range(MEGABYTE // 140)),
    "many tables": "".join(f"[t{n}]\n" for n in range(MEGABYTE // 10)),
    "many arrays": "a=[" + "[]," * (MEGABYTE // 3) + "]",
    "many models": INVENTED + "".join(
        f'[models.m{n}]\ntitle="x"\nendpoint="clips"\nmodes=["text"]\nsource="guide"\n' for n in range(12_000)
    ),
    "many prices of one model": INVENTED + "".join(
        f'[[prices]]\nmodels=["reel-1"]\nsince=2030-01-01T00:00:00.{n:06}Z\nbase=1\nsource="tariff"\n'
        for n in range(10_000)
    ),
    "a long list": INVENTED.replace("one_of = [24, 30]", f"one_of = {list(range(24, 120_000))}"),
    "quoted keys": ".".join(['"\u0085"'] * (MEGABYTE // 6)) + " = 1",
    "long headers": "".join(f"[k{n}{'.a' * 15}]\n" for n in range(MEGABYTE // 38)),
    "dotted keys under a long header": f"[h{'.a' * 15}]\n" + "".join(f"k{n}{'.a' * 15}=1\n" for n in range(3_000)),
    "unclosed texts": '"' * MEGABYTE,
    "long words": "a" * MEGABYTE,
    "a huge number": INVENTED.replace("ok = true", f"ok = 0x{'f' * 900_000}"),
    "many values": f"a=[{'1,' * (MEGABYTE // 2)}]",
    "many faults of shape": INVENTED + "".join(f'[readings.r{n}]\nsource="x"\nwhy=""\n' for n in range(20_000)),
    "many faults of meaning": INVENTED.replace(
        'models = ["reel-1"]', f"models = {[f'r{n}' for n in range(95_000)]}".replace("'", '"'), 1
    ),
    "many misspelt names": INVENTED + "".join(
        f'[models.m{n}]\ntitle="x"\nendpoint="clip"\nmodes=["tex"]\nsource="guid"\n' for n in range(12_000)
    ),
    "many fields of one limit": INVENTED.replace("{ longest_text = 500 }", f"{{ longest_text = 500, big = {list(range(9_999))} }}", 1)
    + "".join(f'[fields.f{n}]\nwire="/f{n}"\ntype="integer"\none_of="big"\ntitle="x"\nabout="x"\nsource="guide"\n' for n in range(480)),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_catalog_takes_less_than_10_seconds_and_500_megabytes(tmp_path: Path, content: str):
    path = tmp_path / "own.toml"
    path.write_text(content)
    before = "from contextlib import suppress\nfrom pricing_rules import CatalogError, load_catalog"
    call = "with suppress(CatalogError):\n    load_catalog(sys.argv[1])"
    seconds, megabytes = cost(before, call, str(path))
    assert (seconds < 10, megabytes < 500) == (True, True)
