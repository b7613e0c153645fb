"""Clients made from openapi.json: openapi-fetch and hey-api compile, refuse wrong calls, and know models and modes."""

from pathlib import Path

import pytest

from frontend.tools import generate_types, linked, node, type_errors
from pricing_rules.export import as_text
from pricing_rules.targets.openapi import openapi
from support.strategies import CATALOGS

SERVICES = tuple(CATALOGS)
USED = """\
import createClient from "openapi-fetch";
import type { components, paths } from "./gptimage2api";

const client = createClient<paths>({ baseUrl: "https://example.com" });
const body: components["schemas"]["KlingV21ProImageToVideo"] = {
  model: "kling/v2-1-pro",
  prompt: "a lighthouse",
  inputMode: "image_to_video",
  inputImageUrls: ["https://example.com/image.png"],
  duration: 10,
};
const { data, error } = await client.POST("/api/ai/video/generate", { body });
export const credits: number | undefined = data?.creditsUsed;
export const sentence: string | undefined = error?.error;
// @ts-expect-error 15 is no tier of the model
await client.POST("/api/ai/video/generate", { body: { ...body, duration: 15 } });
// @ts-expect-error there is no such path
await client.POST("/api/ai/video/generated", { body });
"""
CALLED = """\
import { generateVideo } from "./gptimage2api";
import type { KlingV21ProImageToVideo } from "./gptimage2api";

const body: KlingV21ProImageToVideo = {
  model: "kling/v2-1-pro",
  prompt: "a lighthouse",
  inputMode: "image_to_video",
  inputImageUrls: ["https://example.com/image.png"],
};
const { data } = await generateVideo({ body });
export const credits: number | undefined = data?.creditsUsed;
// @ts-expect-error 15 is no tier of the model
await generateVideo({ body: { ...body, duration: 15 } });
"""


@pytest.fixture(scope="module")
def fetched(tmp_path_factory) -> list[str]:
    folder: Path = linked(tmp_path_factory.mktemp("fetched"))
    for service, text in generate_types("openapi", {name: openapi(CATALOGS[name]) for name in SERVICES}).items():
        (folder / f"{service}.d.ts").write_text(text, encoding="utf-8")
    (folder / "used.ts").write_text(USED)
    return type_errors(
        folder, "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable"
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> list[str]:
    folder: Path = linked(tmp_path_factory.mktemp("generated"))
    for service in SERVICES:
        document = folder / f"{service}.json"
        document.write_text(as_text(openapi(CATALOGS[service])))
        script = "node_modules/@hey-api/openapi-ts/bin/run.js"
        node(script, "-i", str(document), "-o", str(folder / service), "--no-log-file")
    (folder / "called.ts").write_text(CALLED)
    return type_errors(
        folder, "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable"
    )


def test_openapi_typescript_and_openapi_fetch_compile_and_refuse_wrong_calls(fetched: list[str]):
    assert fetched == []


def test_a_client_of_hey_api_compiles_and_names_types_for_models_and_modes(generated: list[str]):
    assert generated == []
