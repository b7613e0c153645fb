"""Two Parquet logs: hand-written tables that DuckDB writes with the types of a warehouse, and their judgements."""

from usage.judgement import Row, exact, malformed, off_tariff, overcharged, row, undercharged

GPTIMAGE2API_TABLE = """
SELECT taskId, CAST(status AS INTEGER) AS status, model, 'a cup' AS prompt,
    ['https://cdn.example/out/1.png', 'https://cdn.example/out/2.png'] AS imageUrls,
    CAST(creditsUsed AS BIGINT) AS creditsUsed, creditsRefunded, CAST(createdAt AS TIMESTAMPTZ) AS createdAt,
    TIMESTAMP '2026-11-02 00:00:00' AS updatedAt, inputMode, CAST(duration AS DOUBLE) AS duration, resolution,
    CAST(numOutputs AS INTEGER) AS numOutputs, CAST(inputImageUrls AS VARCHAR[]) AS inputImageUrls
FROM (VALUES
    ('p1', 1, 'gpt-image-2', 6, false, '2026-11-01 00:00:00+00', NULL, NULL, NULL, 2, ['http://a', 'http://b']),
    ('p2', 1, 'kling/v2-1-standard', 11, false, '2026-11-01 00:00:01.5+09', 'image_to_video', 5, NULL, NULL, []),
    ('p3', 2, 'wan/2-6-text-to-video', 133, true, '2026-11-01 00:00:02+00', 'text_to_video', 15, '1080p', NULL, NULL),
    ('p4', 1, 'veo3', 64, false, '2026-11-01 00:00:03+00', 'text_to_video', 8, NULL, NULL, NULL),
    ('p5', 1, 'bytedance/seedance-1.5-pro', 30, false, '2026-11-01', 'text_to_video', NULL, '1080p', NULL, []),
    ('p6', 2, 'hailuo/02-image-to-video-pro', 48, false, NULL, 'image_to_video', 10, NULL, NULL, ['http://a']),
    (NULL, 1, 'veo3_lite', 5, false, '2026-11-01 00:00:06+00', 'text_to_video', 8, NULL, NULL, NULL)
) t(taskId, status, model, creditsUsed, creditsRefunded, createdAt, inputMode, duration, resolution, numOutputs,
    inputImageUrls)
"""

GPTIMAGE2API: tuple[Row, ...] = (
    row("p1", exact("6")),  # pricing: flat 3, by 2 outputs
    row("p2", exact("11", breaks=("references.required",))),  # pricing: 5s = 11; an empty list is none
    row("p3", exact("133")),  # pricing: 1080p, DOMAIN: 15 s
    row("p4", overcharged("63", "63", "1")),  # pricing: flat 63
    row("p5", off_tariff("27", "54")),  # pricing: 1080p is 27 or 54
    row("p6", exact("48", refund="missing_refund", due="48")),  # pricing: 10s = 48
    row(None, malformed("task_id")),
)

AIVIDEOAPI_TABLE = """
SELECT id, status, 'gpt-image-2' AS model, CAST(created_at AS BIGINT) AS created_at,
    CAST(completed_at AS BIGINT) AS completed_at,
    {'prompt': 'A castle', 'image_urls': CAST([] AS VARCHAR[]), 'aspect_ratio': ratio, 'resolution': size} AS input,
    CAST(used AS DECIMAL(10, 1)) AS "creditsUsed", CAST(back AS DECIMAL(10, 1)) AS credits_refunded
FROM (VALUES
    ('q1', 'completed', 1775383908, 1775383910, '16:9', '4k', 7.2, NULL),
    ('q2', 'failed', 1775383909, NULL, NULL, NULL, 2.4, 2.4),
    ('q3', 'completed', 1775383910, 1775383999, 'auto', '2k', 2.4, 0.0),
    ('q4', 'processing', 1775383911, NULL, NULL, '1k', 2.4, NULL),
    ('q5', 'failed', 1775383912, NULL, '1:2', '2k', 4.8, NULL),
    ('q6', 'completed', 1775383913, 1775383999, '3:2', '4k', 7.2, NULL)
) t(id, status, created_at, completed_at, ratio, size, used, back)
"""

AIVIDEOAPI: tuple[Row, ...] = (
    row("q1", exact("7.2")),  # aivideoapi: 4k 7.2
    row("q2", exact("2.4")),  # aivideoapi: 1k (default) 2.4
    row("q3", undercharged("4.8", "4.8", "-2.4")),  # aivideoapi: 2k 4.8; charged as 1k
    row("q4", exact("2.4", refund="pending")),
    row("q5", exact("4.8", refund="missing_refund", due="4.8")),  # no amount: nothing given back
    row("q6", exact("7.2", breaks=("aspect_ratio.4k",))),  # 4k: 3:2 is not among the six
)
