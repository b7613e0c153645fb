"""Judgements on the rows of aivideoapi's logs; prices from aivideoapi-gpt-image-2.txt: 1k 2.4, 2k 4.8, 4k 7.2."""

from usage.judgement import (
    Row,
    exact,
    filtered,
    malformed,
    not_charged,
    overcharged,
    row,
    uncharged_failure,
    undercharged,
    unknown_model,
    unpriced,
)

# aivideoapi-snapshots.jsonl: tasks as the service gives them, without credits
SNAPSHOTS: tuple[Row, ...] = (
    row(
        "397ce9f2-c04e-4244-ac33-3af19a7cc297", not_charged()
    ),  # aivideoapi: Completed, as printed; no field tells a charge
    row("57c8772c-f834-46f3-9b7d-81f92e104050", not_charged()),  # aivideoapi: Failed, as printed
    row("f03", not_charged(refund="pending")),
    row("f04", not_charged(refund="pending")),
    row("f05", not_charged(refund="unknown_status")),
    row("f06", not_charged(refund="unknown_status")),
    row("f07", unknown_model(refund="refund_not_checked")),  # an upstream id is no model of the service
    row("f08", malformed("created_at")),
    row(None, malformed("task_id")),
    row("f10", not_charged(refund="unknown_status")),  # the other service's number
)

# aivideoapi-requests.jsonl: with the request, the charge and the amount that was given back
REQUESTS: tuple[Row, ...] = (
    row("g01", exact("2.4")),  # aivideoapi: 1k (default) 2.4
    row("g02", exact("4.8")),  # aivideoapi: 2k 4.8
    row("g03", exact("7.2")),  # aivideoapi: 4k 7.2
    row("g04", exact("7.2", breaks=("aspect_ratio.4k",))),  # 4k: must be explicitly set
    row("g05", exact("7.2", breaks=("aspect_ratio.4k",))),  # 4k: 1:1 is not among the six
    row("g06", exact("7.2", breaks=("aspect_ratio.4k",))),  # 4k: not auto
    row("g07", exact("2.4", breaks=("aspect_ratio.one_of",))),  # 7:5 is no ratio
    row("g08", unpriced("tier", breaks=("resolution.one_of",))),  # spelling is exact: 4k
    row("g09", exact("2.4", breaks=("references.max_items",))),  # aivideoapi: maximum 16 images
    row("g10", exact("2.4")),  # 16 images and no prompt are valid
    row("g11", exact("2.4", breaks=("input.prompt_or_references",))),  # at least one of prompt or image_urls
    row("g12", overcharged("2.4", "2.4", "0.1")),
    row("g13", undercharged("2.4", "2.4", "-0.4")),
    row("g14", exact("4.8")),  # an amount as text
    row("g15", exact("2.4")),
    row("g16", exact("2.4", refund="missing_refund", due="2.4")),
    row("g17", exact("2.4", refund="repeated_refund", due="-2.4")),  # twice 2.4
    row("g18", exact("4.8", refund="wrong_refund", due="2.4")),  # half of it
    row("g19", exact("2.4", refund="refund_without_failure", due="-2.4")),
    row("g20", exact("2.4", refund="pending")),  # counted as a pending refund
    row("g21", uncharged_failure()),
    row("g22", uncharged_failure(refund="wrong_refund", due="-2.4")),
    row("g23", exact("2.4", refund="unknown_status")),
    row("g24", unknown_model()),
    row("g25", exact("2.4")),  # NULL: left out, so 1k
    row("g26", exact("2.4", breaks=("prompt.max_length",))),  # aivideoapi: max 20,000 characters
    row("g27", exact("7.2")),
    row("g28", overcharged("4.8", "4.8", "2.4")),  # charged as 4k
    row("g29", exact("2.4", refund="repeated_refund", due="-4.8")),  # three times 2.4
)

# aivideoapi-requests.csv: objects as JSON text, no column of refunds
TABLE: tuple[Row, ...] = (
    row("h01", exact("2.4", refund="refund_not_checked")),  # aivideoapi: 1k (default) 2.4
    row("h02", exact("4.8", refund="refund_not_checked")),  # aivideoapi: 2k 4.8
    row("h03", exact("7.2", refund="refund_not_checked")),  # aivideoapi: 4k 7.2
    row("h04", exact("2.4", refund="refund_not_checked")),
    row("h05", exact("4.8", refund="pending")),
    row("h06", exact("2.4", refund="refund_not_checked")),  # an image alone is valid
    row("h07", exact("7.2", refund="refund_not_checked", breaks=("aspect_ratio.4k",))),  # 4k: must be explicitly set
    row("h08", exact("2.4", refund="refund_not_checked")),  # half a second
)

# aivideoapi-odd.jsonl: rows that cannot be read, tasks with several rows
ODD: tuple[Row, ...] = (
    row(None, malformed("line")),  # cut off
    row(None, malformed("task_id")),
    row("i03", malformed("credits_used")),  # the key is missing
    row("i04", malformed("created_at")),  # 2101-01-01T00:00:00Z
    row("i05", malformed("created_at")),  # 1999-12-31T23:59:59Z
    row("i06", exact("2.4")),  # aivideoapi: 1k 2.4; 2000-01-01T00:00:00Z
    row("i07", malformed("credits_refunded")),
    row("i08", malformed("credits_refunded")),  # negative
    row("i09", malformed("updated_at")),
    row("i10", filtered("service")),
    row("i11", malformed("credits_used")),  # two keys for it that differ
    row("i12", exact("2.4", refund="pending")),  # a history
    row("i12", exact("2.4")),
    row("i13", exact("2.4")),  # the same twice
    row("i13", exact("2.4")),
    row("i14", exact("2.4")),  # completed and failed
    row("i14", exact("2.4")),
    row("i15", exact("2.4")),  # in milliseconds
    row("i16", exact("2.4")),  # two keys for it that agree
)
