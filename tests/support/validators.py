"""Validators of JSON Schema, each as a function of a view and of requests, and where one differs from Python."""

from collections.abc import Callable
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

from frontend.corpus import Judged, schemas
from frontend.tools import judge
from pricing_rules.export import View

Judge = Callable[[View, list[Judged]], list[bool]]


def python_jsonschema(view: View, requests: list[Judged]) -> list[bool]:
    return _each(Draft202012Validator, view, requests)


def rust_jsonschema(view: View, requests: list[Judged]) -> list[bool]:
    return _each(jsonschema_rs.Draft202012Validator, view, requests)


def ajv(view: View, requests: list[Judged]) -> list[bool]:
    """Ajv 2020 in its default strict mode; a warning of it fails the test."""
    return _in_node("ajv", view, requests)


def zod(view: View, requests: list[Judged]) -> list[bool]:
    return _in_node("zod", view, requests)


def _each(make: Callable[[Any], Any], view: View, requests: list[Judged]) -> list[bool]:
    validators = {name: make(found) for name, found in schemas(view).items()}
    return [validators[f"{one.service} {one.endpoint}"].is_valid(one.request) for one in requests]


def _in_node(tool: str, view: View, requests: list[Judged]) -> list[bool]:
    cases = [(f"{one.service} {one.endpoint}", one.request) for one in requests]
    return [verdict["valid"] for verdict in judge(tool, schemas(view), cases)]


def disagreements(validator: Judge, view: View, requests: list[Judged]) -> list[Judged]:
    """Return the requests that a validator judges by a view otherwise than Python, the shortest first."""
    verdicts = zip(requests, validator(view, requests), strict=True)
    return sorted((one for one, accepts in verdicts if accepts != one.accepted(view)), key=lambda one: len(str(one)))
