"""Rows and tasks judged by hand from AUDIT.md, at both services: what is changed in a plain row, and what comes of it.

The plain row of gptimage2api costs 3 (pricing: gpt-image-2 is flat 3), that of aivideoapi 2.4 (pricing: 1k is 2.4, 2k
is 4.8, 4k is 7.2). A key whose value is GONE is one that the log has not.
"""

from typing import Any

from usage.judgement import (
    Judgement,
    exact,
    filtered,
    malformed,
    not_charged,
    off_tariff,
    overcharged,
    possible,
    uncharged_failure,
    undercharged,
    unknown_model,
    unpriced,
)

GONE = object()
Changed = dict[str, Any]
PLAIN: dict[str, Changed] = {
    "gptimage2api": {
        "taskId": "t", "model": "gpt-image-2", "status": 1, "creditsUsed": 3, "creditsRefunded": False,
        "createdAt": "2026-11-01T00:00:00Z", "updatedAt": "2026-11-01T00:01:00Z", "numOutputs": 1, "prompt": "a cup",
        "inputImageUrls": [], "aspectRatio": "1:1", "inputMode": None, "duration": None, "resolution": None,
    },
    "aivideoapi": {
        "id": "t", "model": "gpt-image-2", "status": "completed", "creditsUsed": 2.4, "credits_refunded": 0,
        "created_at": 1793491200, "completed_at": 1793491260,
        "input": {"prompt": "a cup", "resolution": "1k", "aspect_ratio": "auto", "image_urls": []},
    },
}  # fmt: skip


def asked(**changes: object) -> Changed:
    """Change the request of aivideoapi's plain row."""
    return {"input": {**PLAIN["aivideoapi"]["input"], **changes}}


GPT_ROWS: tuple[tuple[Changed, Judgement], ...] = (
    ({}, exact("3")),
    # charges: c in E, c > hi, c < lo, between; E empty; not in the catalog; not told
    ({"creditsUsed": 4}, overcharged("3", "3", "1")),
    ({"creditsUsed": 3.000001}, overcharged("3", "3", "0.000001")),
    ({"creditsUsed": 2}, undercharged("3", "3", "-1")),
    ({"creditsUsed": 0}, undercharged("3", "3", "-3")),
    ({"creditsUsed": 6, "numOutputs": 2}, exact("6")),
    ({"creditsUsed": 3, "numOutputs": 2}, undercharged("6", "6", "-3")),
    ({"numOutputs": None}, exact("3")),  # left out: the default, 1
    ({"numOutputs": GONE}, possible("3", "30")),  # 1 to 10 outputs
    ({"numOutputs": GONE, "creditsUsed": 30}, possible("3", "30")),
    ({"numOutputs": GONE, "creditsUsed": 4}, off_tariff("3", "30")),
    ({"numOutputs": GONE, "creditsUsed": 31}, overcharged("3", "30", "1")),
    ({"numOutputs": GONE, "creditsUsed": 2}, undercharged("3", "30", "-1")),
    ({"numOutputs": 11}, unpriced("outputs", ("outputs.maximum",))),
    ({"numOutputs": 0}, unpriced("outputs", ("outputs.minimum",))),
    ({"resolution": "2K"}, unpriced("tier", ("resolution.not_allowed",))),
    ({"model": "gpt-image-9"}, unknown_model()),
    ({"model": None}, unknown_model()),
    ({"model": "GPT-image-2"}, unknown_model()),
    ({"creditsUsed": GONE}, not_charged()),
    ({"creditsUsed": GONE, "status": 0}, not_charged("pending")),
    ({"custom_multiplier": "5/3", "creditsUsed": 5}, exact("5")),
    ({"custom_multiplier": 1.5, "creditsUsed": 4}, undercharged("5", "5", "-1")),  # 4.5, one ceil
    ({"custom_multiplier": 0, "creditsUsed": 0}, exact("0")),
    # refunds: a flag gives back c, a count so many times, an amount what it says
    ({"creditsRefunded": True}, exact("3", "refund_without_failure", "-3")),
    ({"status": 0}, exact("3", "pending")),
    ({"status": 0, "creditsRefunded": True}, exact("3", "pending")),
    ({"status": 2}, exact("3", "missing_refund", "3")),
    ({"status": 2, "creditsRefunded": True}, exact("3")),
    ({"status": 2, "creditsRefunded": None}, exact("3", "missing_refund", "3")),
    ({"status": 2, "creditsRefunded": GONE}, exact("3", "refund_not_checked")),
    ({"status": 2, "refund_count": 0}, exact("3", "missing_refund", "3")),
    ({"status": 2, "refund_count": 1}, exact("3")),
    ({"status": 2, "refund_count": 2}, exact("3", "repeated_refund", "-3")),
    ({"status": 2, "refund_count": 3}, exact("3", "repeated_refund", "-6")),
    ({"status": 2, "credits_refunded": None, "refund_count": 1}, exact("3")),  # NULL beside a count: count x c
    ({"status": 2, "credits_refunded": 3, "creditsRefunded": True}, exact("3")),
    ({"status": 2, "credits_refunded": 6, "creditsRefunded": True}, exact("3", "repeated_refund", "-3")),
    ({"status": 2, "credits_refunded": 4, "creditsRefunded": True}, exact("3", "wrong_refund", "-1")),
    ({"status": 2, "credits_refunded": 2, "creditsRefunded": True}, exact("3", "wrong_refund", "1")),
    ({"status": 2, "credits_refunded": 3, "creditsRefunded": True, "refund_count": 2}, exact("3", "repeated_refund")),
    ({"status": 2, "credits_refunded": 2, "creditsRefunded": True, "refund_count": 2},
     exact("3", "wrong_refund", "1")),
    ({"status": 2, "credits_refunded": 6, "creditsRefunded": True, "refund_count": 1},
     exact("3", "wrong_refund", "-3")),
    ({"status": 2, "creditsUsed": 0}, uncharged_failure()),
    ({"status": 2, "creditsUsed": 0, "credits_refunded": 5, "creditsRefunded": True},
     uncharged_failure("wrong_refund", "-5")),
    ({"status": 2, "model": "x"}, unknown_model("missing_refund", "3")),
    ({"model": "x", "creditsRefunded": True}, unknown_model("refund_without_failure", "-3")),
    # statuses: 0, 1, 2, also as text; an integral decimal is the whole number
    ({"status": "1"}, exact("3")),
    ({"status": 1.0}, exact("3")),
    ({"status": "1.0"}, exact("3")),
    ({"status": "2.00", "creditsRefunded": True}, exact("3")),
    ({"status": "1.5"}, exact("3", "unknown_status")),
    ({"status": "1."}, exact("3", "unknown_status")),
    ({"status": None}, exact("3", "unknown_status")),
    ({"status": 7}, exact("3", "unknown_status")),
    ({"status": "completed"}, exact("3", "unknown_status")),
    # requests
    ({"prompt": ""}, exact("3", breaks=("prompt.required",))),
    ({"prompt": None}, exact("3", breaks=("prompt.required",))),
    ({"aspectRatio": "2:1"}, exact("3", breaks=("aspect_ratio.one_of",))),
    ({"aspectRatio": "true"}, exact("3", breaks=("aspect_ratio.one_of",))),  # text, as any other
    ({"inputImageUrls": ["https://a"] * 5}, exact("3", breaks=("references.max_items",))),
    ({"inputImageUrls": ["https://a"] * 4}, exact("3")),
    ({"inputImageUrls": "no list"}, exact("3")),  # not known, and no amount depends on it
    # what cannot be read
    ({"taskId": None}, malformed("task_id")),
    ({"taskId": ""}, malformed("task_id")),
    ({"id": "other"}, malformed("task_id")),
    *(({"creditsUsed": told}, malformed("credits_used"))
      for told in (None, "", "x", -1, -0.000001, "-1", "1e3", "1,000", "3,0", "1 000", " 3", "3 ", "+3", ".5", "3.",
                   "NULL", "\\N", "N/A", 1_000_000_001, "0.0000001", True)),
    ({"credits_used": 4}, malformed("credits_used")),  # beside creditsUsed 3
    ({"credits_used": "3.0"}, exact("3")),  # which is 3
    ({"createdAt": "soon"}, malformed("created_at")),
    ({"createdAt": "1999-12-31T23:59:59.999999Z"}, malformed("created_at")),
    ({"createdAt": "2101-01-01"}, malformed("created_at")),
    ({"createdAt": "2026-02-30"}, malformed("created_at")),
    ({"createdAt": "2026-11-01"}, exact("3")),  # midnight in UTC
    ({"createdAt": None}, exact("3")),
    ({"updatedAt": "later"}, malformed("updated_at")),
    ({"creditsRefunded": "maybe"}, malformed("credits_refunded")),
    ({"credits_refunded": -1}, malformed("credits_refunded")),
    ({"credits_refunded": 3}, malformed("credits_refunded")),  # the flag says that there was none
    ({"refund_count": 1001}, malformed("refund_count")),
    ({"refund_count": 1.5}, malformed("refund_count")),
    ({"mode": "a", "inputMode": "b"}, malformed("mode")),
    ({"duration": "5s"}, malformed("duration")),
    ({"duration": -5}, malformed("duration")),
    ({"outputs": 2}, malformed("outputs")),  # beside numOutputs 1
    ({"numOutputs": "two"}, malformed("outputs")),
    ({"references": 1, "inputImageUrls": ["https://a", "https://b"]}, malformed("references")),
    ({"aspect_ratio": "16:9"}, malformed("aspect_ratio")),
    ({"prompt_length": 4}, malformed("prompt_length")),  # "a cup" has 5
    ({"custom_multiplier": "-1"}, malformed("custom_multiplier")),
    ({"custom_multiplier": "1/0"}, malformed("custom_multiplier")),
    ({"service": "aivideoapi"}, filtered("service")),
    ({"service": "gptimage2api"}, exact("3")),
    ({"service": "aivideoapi", "creditsUsed": "x"}, malformed("credits_used")),  # malformed comes first
)  # fmt: skip
AIV_ROWS: tuple[tuple[Changed, Judgement], ...] = (
    ({}, exact("2.4")),
    ({"creditsUsed": 2.5}, overcharged("2.4", "2.4", "0.1")),
    ({"creditsUsed": 2.3}, undercharged("2.4", "2.4", "-0.1")),
    ({"creditsUsed": 7.2, **asked(resolution="4k", aspect_ratio="16:9")}, exact("7.2")),
    ({"creditsUsed": 4.8, **asked(resolution="2k")}, exact("4.8")),
    (asked(resolution=None), exact("2.4")),  # left out: the default, 1k
    ({"input": GONE}, possible("2.4", "7.2")),
    ({"input": GONE, "creditsUsed": 4.8}, possible("2.4", "7.2")),
    ({"input": GONE, "creditsUsed": 3}, off_tariff("2.4", "7.2")),
    ({"input": GONE, "creditsUsed": 8}, overcharged("2.4", "7.2", "0.8")),
    ({"input": GONE, "creditsUsed": 1}, undercharged("2.4", "7.2", "-1.4")),
    (asked(resolution="8k"), unpriced("tier", ("resolution.one_of",))),
    ({"outputs": 2}, unpriced("outputs", ("field.unknown",))),  # a task is one image
    ({"outputs": 1}, exact("2.4")),  # which says nothing that no request can
    ({"duration": 5}, unpriced("tier", ("field.unknown",))),
    ({"mode": "text_to_video"}, exact("2.4", breaks=("field.unknown",))),
    ({"mode": "text_to_image"}, exact("2.4")),
    ({"model": "gpt-image-1"}, unknown_model()),
    ({"creditsUsed": GONE}, not_charged()),
    ({"credits_refunded": 2.4}, exact("2.4", "refund_without_failure", "-2.4")),
    ({"status": "processing", "credits_refunded": 2.4}, exact("2.4", "pending")),
    ({"status": "pending"}, exact("2.4", "pending")),
    ({"status": "failed"}, exact("2.4", "missing_refund", "2.4")),
    ({"status": "failed", "credits_refunded": 2.4}, exact("2.4")),
    ({"status": "failed", "credits_refunded": 4.8}, exact("2.4", "repeated_refund", "-2.4")),
    ({"status": "failed", "credits_refunded": 7.2}, exact("2.4", "repeated_refund", "-4.8")),
    ({"status": "failed", "credits_refunded": 2.5}, exact("2.4", "wrong_refund", "-0.1")),
    ({"status": "failed", "credits_refunded": 1}, exact("2.4", "wrong_refund", "1.4")),
    ({"status": "failed", "credits_refunded": 2.4, "refund_count": 2}, exact("2.4", "repeated_refund")),
    ({"status": "failed", "credits_refunded": GONE}, exact("2.4", "refund_not_checked")),
    ({"status": "failed", "credits_refunded": None, "refund_count": 2}, exact("2.4", "repeated_refund", "-2.4")),
    ({"status": "failed", "creditsUsed": 0}, uncharged_failure()),
    ({"status": "failed", "creditsUsed": 0, "credits_refunded": 1}, uncharged_failure("wrong_refund", "-1")),
    ({"status": "failed", "model": "x", "credits_refunded": 4.8}, unknown_model("repeated_refund", "-2.4")),
    ({"status": "SUCCEEDED"}, exact("2.4", "unknown_status")),
    ({"status": 1}, exact("2.4", "unknown_status")),
    ({"status": None}, exact("2.4", "unknown_status")),
    (asked(prompt=None), exact("2.4", breaks=("input.prompt_or_references",))),
    (asked(prompt=None, image_urls=["https://a"]), exact("2.4")),
    (asked(image_urls=["https://a"] * 17), exact("2.4", breaks=("references.max_items",))),
    (asked(aspect_ratio="7:1"), exact("2.4", breaks=("aspect_ratio.one_of",))),
    (asked(aspect_ratio="false"), exact("2.4", breaks=("aspect_ratio.one_of",))),
    ({"creditsUsed": 7.2, **asked(resolution="4k")}, exact("7.2", breaks=("aspect_ratio.4k",))),
    ({"id": None}, malformed("task_id")),
    ({"taskId": "u"}, malformed("task_id")),
    ({"creditsUsed": "2,4"}, malformed("credits_used")),
    ({"creditsUsed": None}, malformed("credits_used")),
    ({"creditsUsed": -0.000001}, malformed("credits_used")),
    ({"credits": 4.8}, malformed("credits_used")),  # beside creditsUsed 2.4
    ({"credits_refunded": "none"}, malformed("credits_refunded")),
    ({"credits_refunded": -0.000001}, malformed("credits_refunded")),
    ({"credits_refunded": 1_000_000_000}, exact("2.4", "refund_without_failure", "-1000000000")),
    ({"credits_refunded": 1_000_000_001}, malformed("credits_refunded")),
    ({"refund_count": -1}, malformed("refund_count")),
    ({"created_at": 1}, malformed("created_at")),  # 1970
    ({"created_at": 4_133_980_800}, malformed("created_at")),  # 2101
    ({"created_at": 1793491200000}, exact("2.4")),  # milliseconds
    ({"completed_at": "x"}, malformed("updated_at")),
    ({"duration": "x"}, malformed("duration")),
    ({"outputs": "x"}, malformed("outputs")),
    ({"custom_multiplier": "x"}, malformed("custom_multiplier")),
    ({"resolution": "2k"}, malformed("resolution")),  # beside 1k in the request
    ({"references": 1}, malformed("references")),  # beside an empty list
    ({"aspect_ratio": "1:1"}, malformed("aspect_ratio")),
    ({"prompt_length": 9}, malformed("prompt_length")),
    ({"input": "no object"}, malformed("resolution")),  # the first column that it tells
    ({"service": "gptimage2api"}, filtered("service")),
)  # fmt: skip
ROWS = {"gptimage2api": GPT_ROWS, "aivideoapi": AIV_ROWS}

# Under an overlay whose first rate, twice the service's price, begins with 2026-11-01 in UTC: what was accepted before.
FIRST = "2026-11-01T00:00:00Z"
GPT_BEFORE, AIV_BEFORE = "2026-10-31T23:59:59.999999Z", 1793491199.999999
DATED: dict[str, tuple[tuple[Changed, Judgement], ...]] = {
    "gptimage2api": (
        ({"creditsUsed": 6}, exact("6")),  # with its first microsecond
        ({"creditsUsed": 6, "createdAt": "2026-11-01T01:00:00+01:00"}, exact("6")),
        ({"createdAt": GPT_BEFORE}, unpriced("before_first_price", ())),
        ({"createdAt": "2026-11-01T00:00:00+00:01"}, unpriced("before_first_price", ())),
        ({"createdAt": GPT_BEFORE, "updatedAt": "2026-11-02"}, unpriced("before_first_price", ())),  # created_at alone
        ({"createdAt": GPT_BEFORE, "numOutputs": 11}, unpriced("before_first_price", ("outputs.maximum",))),
        ({"createdAt": GPT_BEFORE, "model": "x"}, unknown_model()),
        ({"createdAt": GPT_BEFORE, "status": 2, "creditsUsed": 0}, uncharged_failure()),
        ({"creditsUsed": 6, "createdAt": None}, exact("6")),  # the union over editions, of which one has a price
        ({"creditsUsed": 3, "createdAt": None}, undercharged("6", "6", "-3")),
        ({"creditsUsed": 6, "createdAt": GONE}, exact("6")),
    ),
    "aivideoapi": (
        ({"creditsUsed": 4.8}, exact("4.8")),
        ({"created_at": 1793491199}, unpriced("before_first_price", ())),
        ({"created_at": AIV_BEFORE}, unpriced("before_first_price", ())),
        ({"created_at": 1793491199999}, unpriced("before_first_price", ())),
        ({"created_at": 1793491199, **asked(resolution="8k")}, unpriced("before_first_price", ("resolution.one_of",))),
        ({"created_at": 1793491199, "model": "x"}, unknown_model()),
        ({"created_at": 1793491199, "status": "failed", "creditsUsed": 0}, uncharged_failure()),
        ({"creditsUsed": 2.4, "created_at": None}, undercharged("4.8", "4.8", "-2.4")),
        ({"creditsUsed": 4.8, "created_at": GONE}, exact("4.8")),
    ),
}

# Requests as they were sent, in a column of the log, beside the plain row: they alone tell what was asked for, and the
# model must be that of the log.
BODIES: dict[str, tuple[tuple[str | None, Judgement], ...]] = {
    "gptimage2api": (
        ('{"model": "gpt-image-2", "prompt": "a"}', exact("3")),
        ('{"model": "veo3", "prompt": "a"}', malformed("model")),  # another than the log's
        ('{"prompt": "a", "numOutputs": 2}', undercharged("6", "6", "-3")),  # 2 x 3
        ('{"prompt": "a", "model": null}', exact("3")),
        ('{"prompt": "a", "numOutputs": "two"}', malformed("outputs")),
        ('{"prompt": "a", "duration": -1}', malformed("duration")),
        ("{}", exact("3", breaks=("prompt.required",))),
        ("", exact("3", breaks=("prompt.required",))),
        (None, exact("3", breaks=("prompt.required",))),
        ("{oops", malformed("model")),  # the first column that it tells
        ("[]", malformed("model")),
        ("5", malformed("model")),
        ('"text"', malformed("model")),
    ),
    "aivideoapi": (
        ('{"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "1k"}}', exact("2.4")),
        ('{"input": {"prompt": "a", "resolution": "2k"}}', undercharged("4.8", "4.8", "-2.4")),
        ('{"model": "gpt-image-1", "input": {"prompt": "a"}}', malformed("model")),
        ('{"model": "gpt-image-2", "input": {}}', exact("2.4", breaks=("input.prompt_or_references",))),
        ('{"input": {"image_urls": ["https://a"]}}', exact("2.4")),
        ('{"input": {"prompt": "a", "aspect_ratio": "7:1"}}', exact("2.4", breaks=("aspect_ratio.one_of",))),
        ("{", malformed("model")),
        ("[{}]", malformed("model")),
        ("true", malformed("model")),
    ),
}

# What an audit of a part of a log leaves out: its options, a row, and why the row is not judged.
HALF_PAST = "2026-11-01T00:30:00Z"
SCOPES: dict[str, tuple[tuple[dict[str, str], Changed, str | None], ...]] = {
    "gptimage2api": (
        ({"since": HALF_PAST}, {}, "since"),
        ({"since": HALF_PAST}, {"createdAt": HALF_PAST}, None),
        ({"since": HALF_PAST}, {"createdAt": "2026-11-01T00:29:59.999999Z"}, "since"),
        ({"since": HALF_PAST}, {"createdAt": None}, "undated"),
        ({"since": HALF_PAST}, {"updatedAt": "2026-11-02"}, "since"),
        ({"until": HALF_PAST}, {}, None),
        ({"until": HALF_PAST}, {"createdAt": HALF_PAST}, "until"),
        ({"until": HALF_PAST}, {"createdAt": "2026-11-01T00:29:59.999999Z"}, None),
        ({"until": HALF_PAST}, {"createdAt": None}, "undated"),
        ({"account": "ann"}, {"account": "ann"}, None),
        ({"account": "ann"}, {"account": "Ann"}, "account"),
        ({"account": "ann"}, {"account": None}, "account"),
        ({"account": "ann", "since": HALF_PAST}, {"account": "bob"}, "since"),  # the first that holds
        ({"service": "image"}, {"service": "image"}, None),
        ({"service": "image"}, {"service": "gptimage2api"}, "service"),
        ({"service": "image"}, {"service": None}, None),
    ),
    "aivideoapi": (
        ({"since": HALF_PAST}, {"created_at": 1793493000}, None),
        ({"since": HALF_PAST}, {"created_at": 1793492999.999999}, "since"),
        ({"until": HALF_PAST}, {"created_at": 1793493000}, "until"),
        ({"until": HALF_PAST}, {"created_at": 1793492999}, None),
        ({"since": HALF_PAST}, {"created_at": None}, "undated"),
        ({"account": "ann"}, {"account": "bob"}, "account"),
        ({"account": "ann"}, {"account": "ann"}, None),
    ),
}

# The rows of one task, what they are to each other, and the place of the row that tells how a history ended.
LATER, LAST = "2026-11-01T00:02:00Z", "2026-11-01T00:03:00Z"
GPT_TASKS: tuple[tuple[tuple[Changed, ...], str, int], ...] = (
    (({},), "single", 0),
    (({}, {}), "duplicate_task", 0),
    (({}, {"creditsUsed": "3.0"}, {"createdAt": "2026-11-01T01:00:00+01:00"}), "duplicate_task", 0),
    (({"status": 0}, {"updatedAt": LATER}), "history", 1),
    (({"status": 1, "updatedAt": LATER}, {"status": 0}), "history", 0),
    (({"status": 0, "updatedAt": LAST}, {"status": 2, "updatedAt": LATER}), "history", 0),
    (({"status": 0}, {"status": 1}), "history", 1),  # updated at once: final before pending
    (({"status": 2, "creditsRefunded": True}, {"status": 2}), "history", 0),  # then the larger refund
    (({"status": 2, "refund_count": 1}, {"status": 2, "refund_count": 2}), "history", 1),
    (({"status": 0}, {"status": 9}), "history", 1),  # a word that is no state contradicts nothing
    (({"status": 1}, {"status": 2}), "conflicting_task", 0),
    (({}, {"creditsUsed": 4}), "conflicting_task", 0),
    (({}, {"createdAt": "2026-11-01T00:00:01Z"}), "conflicting_task", 0),
    (({}, {"prompt": "a mug"}), "duplicate_task", 0),  # as long
    (({}, {"prompt": "a glass"}), "conflicting_task", 0),
    (({"account": "ann"}, {"account": "bob"}), "conflicting_task", 0),
    (({}, {"createdAt": None}), "conflicting_task", 0),
)
AIV_TASKS: tuple[tuple[tuple[Changed, ...], str, int], ...] = (
    (({},), "single", 0),
    (({}, {}, {}), "duplicate_task", 0),
    (({"status": "pending"}, {"completed_at": 1793491300}), "history", 1),
    (({"status": "processing"}, {"status": "pending"}), "history", 0),
    (({"status": "completed"}, {"status": "failed"}), "conflicting_task", 0),
    (({}, asked(resolution="2k")), "conflicting_task", 0),
    (({"account": "ann"}, {"account": "ann"}), "duplicate_task", 0),
    (({"account": "ann"}, {"account": None}), "conflicting_task", 0),
)
TASKS = {"gptimage2api": GPT_TASKS, "aivideoapi": AIV_TASKS}


def whole(service: str, changed: Changed) -> Changed:
    """Return the row that a change makes of the plain one."""
    row = {**PLAIN[service], **changed}
    return {key: value for key, value in row.items() if value is not GONE}
