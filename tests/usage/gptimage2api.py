"""Judgements on the rows of gptimage2api's logs: tasks as the service gives them, with and without the request."""

from usage.judgement import (
    Row,
    exact,
    off_tariff,
    overcharged,
    possible,
    row,
    uncharged_failure,
    undercharged,
    unknown_model,
    unpriced,
)

# gptimage2api-snapshots.jsonl: task snapshots and nothing else; a charge fits one of a set of prices
SNAPSHOTS: tuple[Row, ...] = (
    row("tsk_a01", possible("3", "30")),  # pricing: flat 3; 1 to 10 outputs are not told: 3, 6, ... 30
    row("tsk_a02", possible("3", "30")),  # 3 x 4 outputs
    row("tsk_a03", off_tariff("3", "30")),  # no multiple of 3
    row("tsk_a04", overcharged("3", "30", "3")),  # 11 outputs are more than numOutputs takes: at least 3 too much
    row("tsk_a05", undercharged("3", "30", "-1")),
    row("tsk_a06", possible("3", "30", refund="pending")),  # pricing: flat 3
    row("tsk_a07", possible("4", "80")),  # pricing: 4, 6, 8, each by 1 to 10
    row("tsk_a08", off_tariff("4", "80")),  # every price of it is even
    row("tsk_a09", possible("4", "80")),  # 8 x 10 outputs
    row("tsk_a10", possible("12", "200")),  # pricing: 12, 20, each by 1 to 10
    row("tsk_a11", possible("12", "200")),
    row("tsk_a12", off_tariff("12", "200")),  # neither 12, 24, 36 nor 20, 40
    row("tsk_a13", possible("11", "22")),  # pricing: 5s = 11, 10s = 22; the video endpoint has no numOutputs
    row("tsk_a14", possible("21", "42")),  # pricing: 5s = 21, 10s = 42
    row("tsk_a15", possible("67", "134", refund="missing_refund", due="67")),  # pricing: 67, 134
    row("tsk_a16", possible("5", "30")),  # pricing: 5, 10, 20 or 8, 15, 30
    row("tsk_a17", off_tariff("5", "30")),  # the 12 that the documents show in an answer is in no cell
    row(
        "tsk_a18", possible("16", "96", refund="refund_without_failure", due="-16")
    ),  # pricing: 16, 32, 64 or 24, 48, 96
    row("tsk_a19", overcharged("5", "30", "1")),  # pricing: as sora-2-text-to-video
    row("tsk_a20", possible("13", "21")),  # pricing: 5s = 13, 10s = 21
    row("tsk_a21", possible("24", "48")),  # pricing: 5s = 24, 10s = 48
    row("tsk_a22", undercharged("13", "21", "-1")),  # pricing: 13, 21
    row("tsk_a23", uncharged_failure()),
    row("tsk_a24", exact("9")),  # pricing: flat 9: one price, whatever was asked for
    row("tsk_a25", undercharged("63", "63", "-3")),  # pricing: flat 63
    row("tsk_a26", overcharged("5", "5", "4")),  # pricing: flat 5; charged as veo3_fast
    row("tsk_a27", exact("5", refund="missing_refund", due="5")),  # a flag that is not set is no refund
    row("tsk_a28", exact("9")),  # numbers as text
    row("tsk_a29", possible("30", "133")),  # pricing: 30, 60, 90 or 45, 89, 133
    row("tsk_a30", off_tariff("30", "133")),  # as if 1080p had been floored
    row("tsk_a31", possible("18", "54")),  # pricing: 18, 36 or 27, 54
    row("tsk_a32", possible("18", "54", refund="pending")),  # counted as a pending refund
    row("tsk_a33", exact("63", refund="unknown_status")),
    row("tsk_a34", exact("63", refund="unknown_status")),
    row("tsk_a35", unknown_model()),
    row("tsk_a36", unknown_model(refund="missing_refund", due="3")),  # refunds are judged though the model is not known
    row("tsk_a37", exact("9", breaks=("prompt.max_length",))),  # video: prompt 1..4000; 4,001
    row("tsk_a38", exact("9")),  # 4,000 code points, 16,000 bytes
    row("tsk_a39", exact("5", breaks=("prompt.required",))),  # NULL: the request left it out
    row("tsk_a40", possible("3", "30", breaks=("prompt.max_length",))),  # credits: max prompt 5,000; 5,001
    row("tsk_a41", exact("9")),  # the flag's other spelling
    row("tsk_a42", unknown_model(refund="refund_without_failure", due="-10")),
    row("tsk_a43", exact("63", refund="unknown_status")),  # aivideoapi's word, not this service's
)

# gptimage2api-requests.jsonl: the owner logs the request beside them, how often was refunded, and a multiplier
REQUESTS: tuple[Row, ...] = (
    row("tsk_c01", exact("3")),  # pricing: flat 3
    row("tsk_c02", exact("12")),  # DOMAIN: outputs multiply, 3 x 4
    row("tsk_c03", undercharged("12", "12", "-9")),  # the other reading, one flat 3 for 4 outputs
    row("tsk_c04", exact("3")),  # image: numOutputs default 1
    row("tsk_c05", unpriced("outputs", breaks=("outputs.maximum",))),  # image: numOutputs 1..10
    row("tsk_c06", unpriced("outputs", breaks=("outputs.minimum",))),  # image: numOutputs 1..10
    row("tsk_c07", exact("3", breaks=("references.max_items",))),  # credits: max refs 4
    row("tsk_c08", exact("18")),  # 6 imageUrls are outputs, not references
    row("tsk_c09", exact("3", breaks=("aspect_ratio.one_of",))),  # image: the list has 21:9 but no 2:1
    row("tsk_c10", exact("4")),  # pricing: 1K = 4; 14 references and any ratio are taken
    row("tsk_c11", possible("4", "8")),  # no resolution told and none is the default: 4, 6 or 8
    row("tsk_c12", exact("18")),  # pricing: 2K = 6, x 3
    row("tsk_c13", unpriced("tier", breaks=("resolution.one_of",))),  # DOMAIN: 512P is no tier
    row("tsk_c14", unpriced("tier", breaks=("resolution.one_of",))),  # spelling is exact: 1K
    row("tsk_c15", unpriced("tier", breaks=("resolution.one_of",))),  # pricing: 2K and 4K only
    row("tsk_c16", exact("20")),  # pricing: 4K = 20
    row("tsk_c17", exact("12", breaks=("references.max_items",))),  # pricing: 2K = 12; credits: max refs 8
    row("tsk_c18", overcharged("40", "40", "1")),  # 20 x 2
    row("tsk_c19", exact("3", breaks=("references.max_items",))),  # credits: max refs 10
    row("tsk_c20", unpriced("tier", breaks=("resolution.not_allowed",))),  # DOMAIN: models not priced by it take none
    row("tsk_c21", exact("11")),  # pricing: 5s = 11
    row("tsk_c22", exact("11", breaks=("mode.one_of",))),  # video: Standard is image-to-video only
    row("tsk_c23", exact("11", breaks=("references.required",))),  # video: required for image_to_video
    row("tsk_c24", exact("11", breaks=("references.required",))),  # NULL: left out
    row("tsk_c25", exact("11", breaks=("references.max_items",))),  # video: "others typically 1"
    row("tsk_c26", unpriced("tier", breaks=("duration.one_of",))),  # video: Kling accepts 5 or 10
    row("tsk_c27", off_tariff("21", "42")),  # pricing: 21 or 42
    row("tsk_c28", possible("21", "42")),  # no default duration
    row("tsk_c29", undercharged("134", "134", "-67")),  # pricing: 10s = 134
    row("tsk_c30", exact("67", breaks=("references.max_items",))),  # pricing: 5s = 67; DOMAIN: 0 references
    row(
        "tsk_c31", unpriced("outputs", breaks=("field.unknown",))
    ),  # the video endpoint has no numOutputs: no price for 2
    row("tsk_c32", exact("30")),  # pricing: 1080p, DOMAIN: 20 s
    row("tsk_c33", exact("30", refund="repeated_refund", due="-30")),  # 2 x 30 given back
    row("tsk_c34", exact("5", refund="repeated_refund", due="-10")),  # 3 x 5 given back
    row("tsk_c35", unpriced("tier", breaks=("duration.one_of",))),  # DOMAIN: sora 5, 10, 20
    row("tsk_c36", possible("32", "48")),  # pricing: 10 s is 32 or 48
    row("tsk_c37", off_tariff("16", "64")),  # pricing: 720p is 16, 32 or 64
    row("tsk_c38", overcharged("48", "48", "2")),  # pricing: 1080p, 10 s = 48
    row("tsk_c39", exact("10")),  # a count of 1 counts more than a flag that was not set
    row("tsk_c40", exact("10", refund="missing_refund", due="10")),  # refunded 0 times, whatever the flag says
    row("tsk_c41", exact("21", breaks=("mode.required",))),  # pricing: 10s = 21; video: inputMode*
    row("tsk_c42", unpriced("tier", breaks=("duration.one_of",))),  # pricing: 5s and 10s
    row(
        "tsk_c43", unpriced("tier", breaks=("resolution.not_allowed",))
    ),  # DOMAIN: 512P is no tier, and this model has none
    row("tsk_c44", uncharged_failure()),  # AUDIT: failed with c = 0 and r = 0 is none, however often 0 came back
    row("tsk_c45", exact("9")),  # DOMAIN: 8 or absent
    row("tsk_c46", exact("9", breaks=("references.not_allowed",))),  # DOMAIN: text_to_video takes none
    row("tsk_c47", exact("9", breaks=("references.max_items",))),  # credits: up to 3 refs
    row("tsk_c48", exact("63", breaks=("references.max_items",))),  # credits: up to 2 refs
    row("tsk_c49", unpriced("tier", breaks=("duration.one_of",))),  # video: Veo is fixed at 8
    row("tsk_c50", unpriced("tier", breaks=("resolution.not_allowed",))),  # DOMAIN: veo 4k is no tier
    row("tsk_c51", exact("441")),  # DOMAIN: one ceil, 1080p 10 s x 5 is 441
    row("tsk_c52", overcharged("441", "441", "4")),  # as if 89 had been multiplied by 5
    row("tsk_c53", undercharged("89", "89", "-1")),  # pricing: 1080p, 10 s = 89
    row("tsk_c54", exact("90", refund="refund_without_failure", due="-90")),  # pricing: 720p, 15 s = 90
    row("tsk_c55", unpriced("tier", breaks=("resolution.one_of",))),  # DOMAIN: seedance 480p is no tier
    row("tsk_c56", off_tariff("27", "54")),  # pricing: 1080p is 27 or 54
    row("tsk_c57", exact("36", refund="missing_refund", due="36")),  # pricing: 720p, 10 s = 36
    row("tsk_c58", exact("36", refund="pending")),  # counted as a pending refund
    row("tsk_c59", exact("3")),  # references are not priced: a list that cannot be read is not known
    row("tsk_c60", unpriced("outputs", breaks=("outputs.type",))),  # image: numOutputs is an integer
    row("tsk_c61", exact("5")),  # 3 x 1.5 = 4.5, one ceil
    row("tsk_c62", exact("2")),  # 3 x 2 x 1/3
    row("tsk_c63", exact("5")),  # 5.0 is 5
    row("tsk_c64", unknown_model()),
    row(
        "tsk_c65", overcharged("18", "18", "2")
    ),  # pricing: 720p, 5 s = 18; all of it was given back, so nothing is owed
)
