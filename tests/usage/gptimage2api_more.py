"""Judgements on the other logs of gptimage2api: the price page as CSV, amounts, odd rows, tasks with several rows."""

from usage.judgement import Row, exact, filtered, malformed, overcharged, row, uncharged_failure, undercharged

# gptimage2api-cells.csv: every cell of pricing.txt once, nothing wrong; seconds of sora, wan, seedance: DOMAIN.md 1
CELLS: tuple[Row, ...] = (
    row("tsk_b01", exact("3")),  # pricing: gpt-image-2
    row("tsk_b02", exact("3")),  # pricing: google/nano-banana
    row("tsk_b03", exact("4")),  # pricing: nano-banana-2 1K
    row("tsk_b04", exact("6")),  # pricing: nano-banana-2 2K
    row("tsk_b05", exact("8")),  # pricing: nano-banana-2 4K
    row("tsk_b06", exact("12")),  # pricing: nano-banana-pro 2K
    row("tsk_b07", exact("20")),  # pricing: nano-banana-pro 4K
    row("tsk_b08", exact("11")),  # pricing: kling/v2-1-standard 5 s
    row("tsk_b09", exact("22", refund="pending")),  # pricing: kling/v2-1-standard 10 s
    row("tsk_b10", exact("21")),  # pricing: kling/v2-1-pro 5 s
    row("tsk_b11", exact("42", refund="pending")),  # pricing: kling/v2-1-pro 10 s
    row("tsk_b12", exact("67")),  # pricing: kling/v2-1-master-text-to-video 5 s
    row("tsk_b13", exact("134")),  # pricing: kling/v2-1-master-text-to-video 10.0 s
    row("tsk_b14", exact("5")),  # pricing: sora-2-text-to-video 720p 5 s
    row("tsk_b15", exact("10")),  # pricing: sora-2-text-to-video 720p 10 s
    row("tsk_b16", exact("20")),  # pricing: sora-2-text-to-video 720p 20 s
    row("tsk_b17", exact("8")),  # pricing: sora-2-text-to-video 1080p 5 s
    row("tsk_b18", exact("15")),  # pricing: sora-2-text-to-video 1080p 10 s
    row("tsk_b19", exact("30")),  # pricing: sora-2-text-to-video 1080p 20 s
    row("tsk_b20", exact("16")),  # pricing: sora-2-pro-text-to-video 720p 5 s
    row("tsk_b21", exact("32")),  # pricing: sora-2-pro-text-to-video 720p 10 s
    row("tsk_b22", exact("64")),  # pricing: sora-2-pro-text-to-video 720p 20 s
    row("tsk_b23", exact("24")),  # pricing: sora-2-pro-text-to-video 1080p 5 s
    row("tsk_b24", exact("48")),  # pricing: sora-2-pro-text-to-video 1080p 10 s
    row("tsk_b25", exact("96")),  # pricing: sora-2-pro-text-to-video 1080p 20 s
    row("tsk_b26", exact("5")),  # pricing: sora-2-image-to-video 720p 5 s
    row("tsk_b27", exact("10")),  # pricing: sora-2-image-to-video 720p 10 s
    row("tsk_b28", exact("20")),  # pricing: sora-2-image-to-video 720p 20 s
    row("tsk_b29", exact("8")),  # pricing: sora-2-image-to-video 1080p 5 s
    row("tsk_b30", exact("15")),  # pricing: sora-2-image-to-video 1080p 10 s
    row("tsk_b31", exact("30")),  # pricing: sora-2-image-to-video 1080p 20 s
    row("tsk_b32", exact("13")),  # pricing: hailuo/02-text-to-video-standard 5 s
    row("tsk_b33", exact("21")),  # pricing: hailuo/02-text-to-video-standard 10 s
    row("tsk_b34", exact("24")),  # pricing: hailuo/02-text-to-video-pro 5 s
    row("tsk_b35", exact("48")),  # pricing: hailuo/02-text-to-video-pro 10 s
    row("tsk_b36", exact("13")),  # pricing: hailuo/02-image-to-video-standard 5 s
    row("tsk_b37", exact("21")),  # pricing: hailuo/02-image-to-video-standard 10 s
    row("tsk_b38", exact("24")),  # pricing: hailuo/02-image-to-video-pro 5 s
    row("tsk_b39", exact("48")),  # pricing: hailuo/02-image-to-video-pro 10 s
    row("tsk_b40", exact("9")),  # pricing: veo3_fast 8 s
    row("tsk_b41", exact("63")),  # pricing: veo3 8 s
    row("tsk_b42", exact("5")),  # pricing: veo3_lite
    row("tsk_b43", exact("30")),  # pricing: wan/2-6-text-to-video 720p 5 s
    row("tsk_b44", exact("60")),  # pricing: wan/2-6-text-to-video 720p 10 s
    row("tsk_b45", exact("90")),  # pricing: wan/2-6-text-to-video 720p 15 s
    row("tsk_b46", exact("45")),  # pricing: wan/2-6-text-to-video 1080p 5 s
    row("tsk_b47", exact("89")),  # pricing: wan/2-6-text-to-video 1080p 10 s
    row("tsk_b48", exact("133")),  # pricing: wan/2-6-text-to-video 1080p 15 s
    row("tsk_b49", exact("30")),  # pricing: wan/2-6-image-to-video 720p 5 s
    row("tsk_b50", exact("60")),  # pricing: wan/2-6-image-to-video 720p 10 s
    row("tsk_b51", exact("90")),  # pricing: wan/2-6-image-to-video 720p 15 s
    row("tsk_b52", exact("45")),  # pricing: wan/2-6-image-to-video 1080p 5 s
    row("tsk_b53", exact("89")),  # pricing: wan/2-6-image-to-video 1080p 10 s
    row("tsk_b54", exact("133")),  # pricing: wan/2-6-image-to-video 1080p 15 s
    row("tsk_b55", exact("18")),  # pricing: bytedance/seedance-1.5-pro 720p 5 s
    row("tsk_b56", exact("36")),  # pricing: bytedance/seedance-1.5-pro 720p 10 s
    row("tsk_b57", exact("27")),  # pricing: bytedance/seedance-1.5-pro 1080p 5 s
    row("tsk_b58", exact("54")),  # pricing: bytedance/seedance-1.5-pro 1080p 10 s
)

# gptimage2api-amounts.csv: snapshots with the amount that was given back instead of the flag
AMOUNTS: tuple[Row, ...] = (
    row("tsk_w01", exact("63")),  # pricing: flat 63
    row("tsk_w02", exact("63", refund="repeated_refund", due="-63")),  # twice 63
    row("tsk_w03", exact("63", refund="wrong_refund", due="3")),
    row("tsk_w04", exact("63", refund="wrong_refund", due="-7")),  # more than 63, no multiple of it
    row("tsk_w05", uncharged_failure(refund="wrong_refund", due="-63")),
    row("tsk_w06", exact("63", refund="missing_refund", due="63")),
    row("tsk_w07", exact("63", refund="refund_without_failure", due="-0.5")),
    row("tsk_w08", exact("63", refund="pending")),  # counted as a pending refund
    row("tsk_w09", malformed("credits_refunded")),  # negative
    row("tsk_w10", exact("5", refund="repeated_refund", due="-10")),  # pricing: flat 5; three times
    row("tsk_w11", exact("63", refund="missing_refund", due="63")),  # no amount: nothing given back
    row("tsk_w12", undercharged("63", "63", "-54", refund="repeated_refund", due="-9")),
    row("tsk_w13", overcharged("5", "5", "2.5")),
    row("tsk_w14", malformed("credits_used")),  # no decimal number
)

# gptimage2api-odd.jsonl: rows that cannot be read, and a row of another service
ODD: tuple[Row, ...] = (
    row("tsk_o01", exact("5")),  # pricing: flat 5
    row(None, malformed("line")),  # cut off
    row(None, malformed("line")),  # no object
    row(None, malformed("line")),  # no object; the blank line behind it is no row
    row(None, malformed("task_id")),
    row("", malformed("task_id")),
    row("tsk_o07", malformed("task_id")),  # two keys for it that differ
    row("tsk_o08", malformed("credits_used")),
    row("tsk_o09", malformed("credits_used")),  # the key is missing
    row("tsk_o10", malformed("credits_used")),
    row("tsk_o11", malformed("credits_used")),
    row("tsk_o12", malformed("credits_used")),  # above 10^9
    row("tsk_o13", overcharged("5", "5", "999999995")),  # 10^9 is the most that is read
    row("tsk_o14", malformed("credits_used")),  # finer than a millionth
    row("tsk_o15", malformed("credits_used")),
    row("tsk_o16", malformed("credits_refunded")),
    row("tsk_o17", malformed("credits_refunded")),  # two spellings of the flag that differ
    row("tsk_o18", malformed("duration")),
    row("tsk_o19", malformed("duration")),
    row("tsk_o20", malformed("outputs")),
    row("tsk_o21", malformed("created_at")),
    row("tsk_o22", malformed("created_at")),
    row("tsk_o23", malformed("created_at")),
    row("tsk_o24", exact("5")),
    row("tsk_o25", exact("5")),
    row("tsk_o26", malformed("created_at")),  # no such day
    row("tsk_o27", malformed("updated_at")),
    row("tsk_o28", malformed("refund_count")),
    row("tsk_o29", malformed("refund_count")),
    row("tsk_o30", filtered("service")),
    row("tsk_o31", exact("5")),
    row("tsk_o32", malformed("credits_used")),  # the charge is read before the times
    row("tsk_o33", malformed("credits_used")),  # malformed goes before filtered
    row("tsk_o34", exact("5")),
    row("tsk_o35", exact("5")),  # 2026-11-01T00:00:00Z in seconds
    row("tsk_o36", exact("89")),  # pricing: 1080p, DOMAIN: 10 s; 2026-11-09T15:00:00Z
    row("tsk_o37", exact("5")),
    row("tsk_o38", exact("5")),
    row("tsk_o39", exact("5")),
)

# gptimage2api-tasks.jsonl: copies, histories and contradictions
TASKS: tuple[Row, ...] = (
    row("tsk_t01", exact("5")),  # the same twice
    row("tsk_t01", exact("5")),
    row("tsk_t02", overcharged("5", "5", "4")),  # the same three times, and owed once
    row("tsk_t02", overcharged("5", "5", "4")),
    row("tsk_t02", overcharged("5", "5", "4")),
    row("tsk_t03", exact("5", refund="pending")),  # a history: accepted, completed
    row("tsk_t03", exact("5")),
    row("tsk_t04", exact("5", refund="pending")),  # a history: accepted, failed and refunded
    row("tsk_t04", exact("5")),
    row("tsk_t05", exact("5")),  # completed and failed
    row("tsk_t05", exact("5")),
    row("tsk_t06", exact("5", refund="pending")),  # two charges
    row("tsk_t06", overcharged("5", "5", "4", refund="pending")),
    row("tsk_t07", exact("5")),  # accepted at two times
    row("tsk_t07", exact("5")),
    row("tsk_t08", exact("5")),  # two prompts
    row("tsk_t08", exact("5")),
    row("tsk_t09", exact("5")),  # only the address of the result differs, which no column of ours tells
    row("tsk_t09", exact("5")),
    row("tsk_t10", exact("5", refund="pending")),  # a history of three rows
    row("tsk_t10", exact("5")),
    row("tsk_t10", exact("5")),
    row("tsk_t11", exact("5")),  # one instant in two spellings
    row("tsk_t11", exact("5")),
)
