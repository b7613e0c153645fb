"""Whether every outcome has one answer, and answers hold what JSON can."""

from collections.abc import Iterator, Mapping
from typing import get_args

from attrs import fields_dict

from pricing_rules.catalog.columns import COLUMNS
from pricing_rules.catalog.consistency.checks import misread, sample_faults, twice, unknown
from pricing_rules.catalog.faults import Fault
from pricing_rules.catalog.protocol import Kind, Outcome, Query, Response, Tasks
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.strict import content_faults
from pricing_rules.spelling import shown

PLACEHOLDERS = (
    "$task_id", "$credits", "$required", "$field_errors", "$form_errors", "$message", "$id", "$type",
)  # fmt: skip
STATUSES = range(100, 600)


def answer_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the bodies, responses, queries, tasks and the log."""
    yield from _usage_faults(catalog)
    yield from _placeholder_faults(catalog.bodies, "bodies")
    for response in catalog.responses.values():
        yield from _response_faults(catalog, response)
    for outcome in get_args(Outcome):
        answers = [response.id for response in catalog.responses.values() if outcome in response.outcomes]
        if len(answers) != 1:
            yield ("responses",), f"{len(answers)} responses answer the outcome {outcome}; expected one"
    for query in catalog.queries.values():
        yield from _kind_faults(query.answer, "queries", query.id, "answer")
        yield from misread(query.provenance, fields_dict(Query), "queries", query.id)
        yield from sample_faults(query.samples, "queries", query.id)
    yield from _task_faults(catalog)
    yield from misread(catalog.authentication.provenance, ("scheme", "key_prefix"), "authentication")


def _response_faults(catalog: Catalog, response: Response) -> Iterator[Fault]:
    path = ("responses", response.id)
    yield from unknown((response.body,), catalog.bodies, "body", *path, "body")
    if response.status not in STATUSES:
        yield (*path, "status"), f"expected an HTTP status, got {shown(response.status)}"
    yield from misread(response.provenance, fields_dict(Response), *path)
    yield from sample_faults(response.samples, *path)


def _placeholder_faults(content: object, *path: str | int) -> Iterator[Fault]:
    match content:
        case str() if content.startswith("$"):
            yield from unknown((content,), PLACEHOLDERS, "placeholder", *path)
        case Mapping():
            for name, inner in content.items():
                yield from _placeholder_faults(inner, *path, name)
        case tuple():
            for index, inner in enumerate(content):
                yield from _placeholder_faults(inner, *path, index)


def _kind_faults(answer: object, *path: str | int) -> Iterator[Fault]:
    """Yield the leaves of an answer that are no kind of value, but for what nothing can hold."""
    match answer:
        case Mapping():
            for name, inner in answer.items():
                yield from _kind_faults(inner, *path, name)
        case tuple():
            yield from _kind_faults([*answer], *path)
        case _ if not any(content_faults(answer)):
            yield from unknown((answer,), get_args(Kind), "kind of value", *path)


def _task_faults(catalog: Catalog) -> Iterator[Fault]:
    tasks = catalog.tasks
    yield from unknown((tasks.query,), catalog.queries, "query", "tasks", "query")
    if tasks.callback is not None:
        addresses = [field.id for field in catalog.fields.values() if field.type == "url"]
        yield from unknown((tasks.callback,), addresses, "field of type url", "tasks", "callback")
    yield from misread(tasks.provenance, fields_dict(Tasks), "tasks")


def _usage_faults(catalog: Catalog) -> Iterator[Fault]:
    if catalog.usage:
        path = ("usage", "columns")
        yield from unknown(catalog.usage.columns, COLUMNS, "column", *path)
        yield from twice((key for keys in catalog.usage.columns.values() for key in keys), *path)
        yield from misread(catalog.usage.provenance, COLUMNS, "usage")
