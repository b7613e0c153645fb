-- What a careful engineer writes for this one service and this one layout of a log: usage is the relation.
-- Prices are thousandths of a credit, 0 and '' where a model is not priced by seconds or size.
WITH prices(model, duration, resolution, price) AS (VALUES
    ('gpt-image-2', 0, '', 3000), ('google/nano-banana', 0, '', 3000), ('nano-banana-2', 0, '1K', 4000),
    ('nano-banana-2', 0, '2K', 6000), ('nano-banana-2', 0, '4K', 8000), ('nano-banana-pro', 0, '2K', 12000),
    ('nano-banana-pro', 0, '4K', 20000), ('kling/v2-1-standard', 5, '', 11000),
    ('kling/v2-1-standard', 10, '', 22000), ('kling/v2-1-pro', 5, '', 21000), ('kling/v2-1-pro', 10, '', 42000),
    ('kling/v2-1-master-text-to-video', 5, '', 67000), ('kling/v2-1-master-text-to-video', 10, '', 134000),
    ('sora-2-text-to-video', 5, '720p', 5000), ('sora-2-text-to-video', 10, '720p', 10000),
    ('sora-2-text-to-video', 20, '720p', 20000), ('sora-2-text-to-video', 5, '1080p', 7500),
    ('sora-2-text-to-video', 10, '1080p', 15000), ('sora-2-text-to-video', 20, '1080p', 30000),
    ('sora-2-pro-text-to-video', 5, '720p', 16000), ('sora-2-pro-text-to-video', 10, '720p', 32000),
    ('sora-2-pro-text-to-video', 20, '720p', 64000), ('sora-2-pro-text-to-video', 5, '1080p', 24000),
    ('sora-2-pro-text-to-video', 10, '1080p', 48000), ('sora-2-pro-text-to-video', 20, '1080p', 96000),
    ('sora-2-image-to-video', 5, '720p', 5000), ('sora-2-image-to-video', 10, '720p', 10000),
    ('sora-2-image-to-video', 20, '720p', 20000), ('sora-2-image-to-video', 5, '1080p', 7500),
    ('sora-2-image-to-video', 10, '1080p', 15000), ('sora-2-image-to-video', 20, '1080p', 30000),
    ('hailuo/02-text-to-video-standard', 5, '', 13000), ('hailuo/02-text-to-video-standard', 10, '', 20800),
    ('hailuo/02-text-to-video-pro', 5, '', 24000), ('hailuo/02-text-to-video-pro', 10, '', 48000),
    ('hailuo/02-image-to-video-standard', 5, '', 13000), ('hailuo/02-image-to-video-standard', 10, '', 20800),
    ('hailuo/02-image-to-video-pro', 5, '', 24000), ('hailuo/02-image-to-video-pro', 10, '', 48000),
    ('veo3_fast', 8, '', 9000), ('veo3', 8, '', 63000), ('veo3_lite', 8, '', 5000),
    ('wan/2-6-text-to-video', 5, '720p', 30000), ('wan/2-6-text-to-video', 10, '720p', 60000),
    ('wan/2-6-text-to-video', 15, '720p', 90000), ('wan/2-6-text-to-video', 5, '1080p', 44100),
    ('wan/2-6-text-to-video', 10, '1080p', 88200), ('wan/2-6-text-to-video', 15, '1080p', 132300),
    ('wan/2-6-image-to-video', 5, '720p', 30000), ('wan/2-6-image-to-video', 10, '720p', 60000),
    ('wan/2-6-image-to-video', 15, '720p', 90000), ('wan/2-6-image-to-video', 5, '1080p', 44100),
    ('wan/2-6-image-to-video', 10, '1080p', 88200), ('wan/2-6-image-to-video', 15, '1080p', 132300),
    ('bytedance/seedance-1.5-pro', 5, '720p', 18000), ('bytedance/seedance-1.5-pro', 10, '720p', 36000),
    ('bytedance/seedance-1.5-pro', 5, '1080p', 27000), ('bytedance/seedance-1.5-pro', 10, '1080p', 54000)
), models(model, video, from_text, from_image, most_references, longest_prompt) AS (VALUES
    ('gpt-image-2', 0, 0, 0, 4, 20000), ('google/nano-banana', 0, 0, 0, 10, 5000),
    ('nano-banana-2', 0, 0, 0, 14, 20000), ('nano-banana-pro', 0, 0, 0, 8, 10000),
    ('kling/v2-1-standard', 1, 0, 1, 1, 4000), ('kling/v2-1-pro', 1, 0, 1, 1, 4000),
    ('kling/v2-1-master-text-to-video', 1, 1, 0, 0, 4000), ('sora-2-text-to-video', 1, 1, 0, 0, 4000),
    ('sora-2-pro-text-to-video', 1, 1, 0, 0, 4000), ('sora-2-image-to-video', 1, 0, 1, 1, 4000),
    ('hailuo/02-text-to-video-standard', 1, 1, 0, 0, 4000), ('hailuo/02-text-to-video-pro', 1, 1, 0, 0, 4000),
    ('hailuo/02-image-to-video-standard', 1, 0, 1, 1, 4000), ('hailuo/02-image-to-video-pro', 1, 0, 1, 1, 4000),
    ('veo3_fast', 1, 1, 1, 3, 4000), ('veo3', 1, 1, 1, 2, 4000), ('veo3_lite', 1, 1, 1, 2, 4000),
    ('wan/2-6-text-to-video', 1, 1, 0, 0, 4000), ('wan/2-6-image-to-video', 1, 0, 1, 1, 4000),
    ('bytedance/seedance-1.5-pro', 1, 1, 1, 1, 4000)
), joined AS (
    SELECT u.*, m.video, m.from_text, m.from_image, m.most_references, m.longest_prompt,
        (p.price * COALESCE(u.outputs, 1) + 999) // 1000 AS expected
    FROM usage u
    LEFT JOIN models m ON m.model = u.model
    LEFT JOIN prices p ON p.model = u.model AND p.duration = COALESCE(u.duration, 0)
        AND p.resolution = COALESCE(u.resolution, '')
), judged AS (
    SELECT *,
        CASE
            WHEN task_id IS NULL OR task_id = '' OR credits_used IS NULL OR credits_used < 0 OR credits_used > 1000000000
                OR created_at < 946684800000000 OR created_at >= 4133980800000000 OR credits_refunded < 0
                OR credits_refunded > 1000000000 OR refund_count < 0 OR refund_count > 1000 OR duration < 0
                OR outputs < 0 THEN 'malformed'
            WHEN service <> 'gptimage2api' THEN 'filtered'
            WHEN video IS NULL THEN 'unknown_model'
            WHEN status = '2' AND credits_used = 0 THEN 'uncharged_failure'
            WHEN expected IS NULL THEN 'unpriced'
            WHEN credits_used = expected THEN 'exact'
            WHEN credits_used > expected THEN 'overcharged'
            ELSE 'undercharged'
        END AS charge,
        CASE
            WHEN status = '0' THEN 'pending'
            WHEN status = '1' THEN CASE WHEN credits_refunded = 0 THEN 'settled' ELSE 'refund_without_failure' END
            WHEN status = '2' THEN CASE
                WHEN credits_refunded = credits_used AND (credits_used = 0 OR COALESCE(refund_count, 0) <= 1) THEN 'settled'
                WHEN credits_used > 0 AND credits_refunded = 0 THEN 'missing_refund'
                WHEN credits_used > 0 AND refund_count > 1 AND credits_refunded >= credits_used THEN 'repeated_refund'
                WHEN credits_used > 0 AND refund_count IS NULL AND credits_refunded > credits_used
                    AND credits_refunded % credits_used = 0 THEN 'repeated_refund'
                ELSE 'wrong_refund' END
            ELSE 'unknown_status'
        END AS refund,
        video IS NOT NULL AND (
            ("references" > most_references) OR prompt_length < 1 OR prompt_length > longest_prompt
            OR aspect_ratio = '' OR resolution NOT IN ('1K', '2K', '4K', '720p', '1080p')
            OR CASE WHEN video = 1
                THEN COALESCE(mode, '') NOT IN ('text_to_video', 'image_to_video') OR outputs <> 1
                    OR (mode = 'text_to_video' AND (from_text = 0 OR "references" > 0))
                    OR (mode = 'image_to_video' AND (from_image = 0 OR COALESCE("references", 0) = 0))
                    OR duration NOT IN (5, 8, 10, 15, 20)
                ELSE duration IS NOT NULL OR outputs < 1 OR outputs > 10
                    OR (model = 'gpt-image-2' AND aspect_ratio NOT IN
                        ('auto', '1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '21:9'))
                END) AS invalid
    FROM joined
), flagged AS (
    SELECT *,
        charge NOT IN ('malformed', 'filtered') AND (charge NOT IN ('exact', 'uncharged_failure')
            OR refund NOT IN ('settled', 'pending') OR invalid) AS found
    FROM judged
)
SELECT model, created_at - created_at % 86400000000 AS day, charge, refund, invalid,
    CASE WHEN found THEN account ELSE '' END AS account, COUNT(*) AS rows_read, SUM(credits_used) AS charged,
    SUM(expected) AS expected, SUM(credits_refunded) AS refunded, MIN(CASE WHEN found THEN task_id END) AS example
FROM flagged
GROUP BY ALL
