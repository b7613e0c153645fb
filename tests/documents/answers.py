"""What the services answer with, typed by hand from generate-image.txt, generate-video.txt, credits-and-models.txt and
aivideoapi-gpt-image-2.txt; what stands on pages that are not among them, and retries, from DOMAIN.md section 4.

At aivideoapi the names of the responses are the printed error codes; the other names, and which outcome of the library
each response answers, are the catalogs' own. OURS is a sentence in our own words, where none is printed.
"""

from typing import Any, NamedTuple

from documents.places import (
    AIV,
    ANSWERS,
    AUTHORIZATION,
    CALLBACK,
    CODES,
    COMPLETED,
    CREATE,
    ERRORS,
    FAILED,
    FORMULA,
    GPT,
    NOTHING,
    QUERY,
    RESPONSE,
    SCENARIOS,
    TASK_LINK,
    at,
    ours,
)

OURS = object()

NUMBERED = {"status": ours("status_numbers")}
DECIDED = {"outcomes": ours("decided_outcomes")}
WORDED = {"message": ours("error_messages")}
RETRIED = {**WORDED, "retry": ours("worth_retrying")}


class Response(NamedTuple):
    status: int
    body: str
    outcomes: tuple[str, ...]
    type: str
    message: Any
    retry: str
    place: str
    readings: dict[str, str] = NOTHING


RESPONSES = {
    GPT: {
        "accepted": Response(200, "accepted", ("accepted",), "", "", "never", ANSWERS, NUMBERED),
        "invalid_request": Response(
            400,
            "invalid",
            ("invalid", "unknown_model", "unpriced"),
            "",
            "",
            "never",
            ANSWERS,
            {**NUMBERED, "body": ours("error_details"), "outcomes": ours("decided_outcomes")},
        ),
        "unauthorized": Response(401, "plain", (), "", "Unauthorized", "never", ANSWERS, NUMBERED),
        "insufficient_credits": Response(
            402, "insufficient", ("insufficient_credits",), "", "", "never", ANSWERS, {**NUMBERED, **DECIDED}
        ),
        "not_found": Response(404, "plain", (), "", OURS, "never", ours("plain_errors")),
        "server_error": Response(
            500,
            "plain",
            ("internal",),
            "",
            OURS,
            "reads_freely",
            ours("plain_errors"),
            {"retry": ours("worth_retrying")},
        ),
    },
    AIV: {
        "accepted": Response(
            200, "accepted", ("accepted",), "", "", "never", RESPONSE, {"status": ours("accepted_status")}
        ),
        "invalid_request": Response(
            400,
            "coded",
            ("invalid", "unpriced"),
            "invalid_request_error",
            OURS,
            "never",
            at(ERRORS, SCENARIOS),
            {**WORDED, **DECIDED},
        ),
        "invalid_api_key": Response(
            401, "coded", (), "authentication_error", OURS, "never", at(ERRORS, SCENARIOS), WORDED
        ),
        "insufficient_credits": Response(
            402,
            "coded",
            ("insufficient_credits",),
            "billing_error",
            "Your credit balance is too low. Please top up.",
            "never",
            at(ERRORS, CODES),
        ),
        "ip_not_allowed": Response(403, "coded", (), "permission_error", OURS, "never", ERRORS, WORDED),
        "model_not_found": Response(
            404, "coded", ("unknown_model",), "invalid_request_error", OURS, "never", ERRORS, {**WORDED, **DECIDED}
        ),
        "task_not_found": Response(404, "coded", (), "invalid_request_error", OURS, "never", ERRORS, WORDED),
        "rate_limit_exceeded": Response(429, "coded", (), "rate_limit_error", OURS, "after_wait", ERRORS, RETRIED),
        "spend_limit_exceeded": Response(429, "coded", (), "billing_error", OURS, "after_window", ERRORS, RETRIED),
        "internal_error": Response(500, "coded", ("internal",), "api_error", OURS, "reads_freely", ERRORS, RETRIED),
        "upstream_error": Response(
            503, "coded", (), "upstream_error", OURS, "reads_freely", at(ERRORS, SCENARIOS), RETRIED
        ),
    },
}

RESPONSE_BODIES = {
    GPT: {
        "accepted": {"taskId": "$task_id", "status": 0, "creditsUsed": "$credits"},
        "invalid": {
            "error": "Invalid request",
            "details": {"formErrors": "$form_errors", "fieldErrors": "$field_errors"},
        },
        "insufficient": {"error": "Insufficient credits", "required": "$required"},
        "plain": {"error": "$message"},
    },
    AIV: {
        "accepted": {"code": 200, "msg": "success", "data": {"taskId": "$task_id"}},
        "coded": {"error": {"code": "$id", "message": "$message", "type": "$type"}},
    },
}


class Query(NamedTuple):
    method: str
    path: str
    answer: dict[str, Any]
    places: dict[str, str]


QUERIES = {
    GPT: {
        "task": Query(
            "GET",
            "/api/ai/tasks/{id}",
            {
                "taskId": "string",
                "type": "string",
                "status": "status",
                "model": "string",
                "prompt": "string",
                "imageUrls": "strings",
                "videoUrl": "string",
                "errorCode": "string",
                "errorMessage": "string",
                "creditsUsed": "credits",
                "creditsRefunded": "boolean",
                "createdAt": "time",
                "updatedAt": "time",
            },
            {"": TASK_LINK, "answer": ours("task_snapshot")},
        ),
    },
    AIV: {
        "task": Query(
            "GET",
            "/v1/tasks/{taskId}",
            {
                "id": "string",
                "status": "status",
                "model": "string",
                "created_at": "seconds",
                "completed_at": "seconds",
                "output": {"urls": "strings", "metadata": {"model": "string", "costTime": "number"}},
                "error": {"code": "string", "message": "string"},
            },
            {"": at(QUERY, COMPLETED, FAILED)},
        ),
        "credits": Query(
            "GET",
            "/v1/credits",
            {
                "code": "number",
                "msg": "string",
                "data": {"balance": "credits", "total_purchased": "credits", "total_consumed": "credits"},
            },
            {"": SCENARIOS, "answer": ours("balance_body")},
        ),
    },
}


class Tasks(NamedTuple):
    states: dict[str, str]
    refunded: tuple[str, ...]
    error_codes: tuple[str, ...]
    callback: str | None
    places: dict[str, str]


TASKS = {
    GPT: Tasks(
        {"0": "pending", "1": "completed", "2": "failed"},
        ("creditsRefunded", "creditRefunded"),
        ("EMPTY_RESULT", "STORAGE_ERROR"),
        None,
        {
            "": FORMULA,  # "status: 2 (FAILED)", "creditsRefunded: true"
            "states": ours("task_states"),
            "refunded": ours("task_snapshot"),
            "error_codes": ours("task_snapshot"),
        },
    ),
    AIV: Tasks(
        {"pending": "pending", "processing": "pending", "completed": "completed", "failed": "failed"},
        (),
        (),
        "callback_url",
        {"": at(QUERY, CALLBACK), "states": ours("in_progress")},
    ),
}

# What a task is called in an export: the keys that DOMAIN.md and AUDIT.md (section 1) name.
USAGE = {
    GPT: {
        "columns": {
            "task_id": ("taskId", "id"),
            "credits_used": ("creditsUsed",),
            "created_at": ("createdAt",),
            "updated_at": ("updatedAt",),
        },
        "provenance": {"": ours("task_snapshot")},
    },
    AIV: {
        "columns": {
            "task_id": ("id", "taskId"),
            "credits_used": ("creditsUsed", "credits"),
            "updated_at": ("completed_at",),
        },
        "provenance": {"": at(COMPLETED, RESPONSE), "credits_used": ours("log_keys")},
    },
}


class Authentication(NamedTuple):
    scheme: str
    key_prefix: str
    place: str


AUTHENTICATION = {
    GPT: Authentication("bearer", "", AUTHORIZATION),  # "Authorization: Bearer <key>"
    AIV: Authentication("bearer", "sk-", at(CREATE, SCENARIOS)),  # "The key does not start with sk-"
}

# Where the samples send their requests, and where that is printed.
HOSTS = {
    GPT: (("https://gptimage2api.org", ANSWERS),),
    AIV: (("https://api.aivideoapi.ai", at(CREATE, QUERY)),),
}
