"""The exported folder as an npm package: packed, installed in another folder, and imported there."""

import json
from pathlib import Path

import pytest

from frontend.tools import node, npm, type_errors
from pricing_rules import load_catalog, services
from pricing_rules.export import write

SCRIPT = """\
import { breakdown } from "pricing-rules-schemas/breakdown";
import { violations } from "pricing-rules-schemas/errors";
import { price, quote } from "pricing-rules-schemas/prices";
import catalog from "pricing-rules-schemas/gptimage2api/catalog.json" with { type: "json" };
import prices from "pricing-rules-schemas/gptimage2api/prices.json" with { type: "json" };
import table from "pricing-rules-schemas/gptimage2api/video.violations.json" with { type: "json" };

const terms = { duration: 15, resolution: "1080p" };
const request = { model: "wan/2-6-text-to-video", prompt: "a", inputMode: "text_to_video", ...terms };
console.log(price(prices, request.model, terms).credits, quote(prices, request).credits);
console.log(breakdown(catalog, request).exact, violations(table, []).length);
"""
TYPED = """\
import { breakdown } from "pricing-rules-schemas/breakdown";
import { violations, type Violation } from "pricing-rules-schemas/errors";
import { price } from "pricing-rules-schemas/prices";
import type { Answer } from "pricing-rules-schemas/answers";
import type { Requests } from "pricing-rules-schemas/gptimage2api/types";
import catalog from "pricing-rules-schemas/gptimage2api/catalog.json";
import prices from "pricing-rules-schemas/gptimage2api/prices.json";
import table from "pricing-rules-schemas/gptimage2api/video.violations.json";

const request: Requests["video"] = {
  model: "wan/2-6-text-to-video",
  prompt: "a",
  inputMode: "text_to_video",
  duration: 15,
  resolution: "1080p",
};
const told = breakdown(catalog, request);
export const exact: string = "exact" in told ? told.exact : "";
export const faults: Violation[] = violations(table, []);
export const credits: string | null = price(prices, request.model).credits;
export const answer = (given: Answer): boolean => "error" in given;
// @ts-expect-error there is no such module
export { price as other } from "pricing-rules-schemas/price";
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """Pack an export, and install it in another folder."""
    source, user = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("user")
    write(source / "schemas", [load_catalog(name) for name in services()])
    packed = json.loads(npm(source / "schemas", "pack", "--json"))
    (user / "package.json").write_text('{"name": "user", "private": true, "type": "module"}')
    npm(user, "install", str(source / "schemas" / packed[0]["filename"]))
    return user


def test_every_module_and_table_is_imported_by_its_name(installed: Path):
    (installed / "used.mjs").write_text(SCRIPT)
    # 30 x 3 x 1.47 = 132.3, rounded up once
    assert node(str(installed / "used.mjs")) == "133 133\n132.3 0\n"


def test_the_types_of_the_package_are_found_and_fit(installed: Path, tmp_path: Path):
    name = "pricing-rules-schemas"
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / name).symlink_to(installed / "node_modules" / name, target_is_directory=True)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "typed.ts").write_text(TYPED)
    options = ("--module", "esnext", "--moduleResolution", "bundler", "--resolveJsonModule", "--lib", "es2022")
    assert type_errors(tmp_path, *options) == []


def test_nothing_of_the_package_has_effects_and_no_code_is_left_out(installed: Path):
    package = json.loads((installed / "node_modules" / "pricing-rules-schemas" / "package.json").read_text())
    assert (package["sideEffects"], package["version"]) == (False, "2026.11.20")
    assert {*package["exports"]} == {
        "./prices", "./errors", "./breakdown", "./answers", "./*/types", "./*.json",
    }  # fmt: skip
