"""The shapes in which the services refuse a request, typed by hand."""

from typing import Any

Answer = tuple[int, dict[str, Any]]


def invalid(form: list[str], fields: dict[str, list[str]]) -> Answer:
    return 400, {"error": "Invalid request", "details": {"formErrors": form, "fieldErrors": fields}}


def coded(status: int, code: str, kind: str, message: str) -> Answer:
    return status, {"error": {"code": code, "message": message, "type": kind}}


def refused(message: str, fields: dict[str, list[str]], body: list[str]) -> Answer:
    return 422, {"ok": False, "reasons": [message, {"fields": fields, "body": body}], "need": None}
