-- A log of answers in Parquet files, where response is text: duckdb -csv -f answers_duckdb.sql > sums.csv
WITH logged AS (
  SELECT
    CAST(logged_at AS DATE) AS day,
    (response ->> '$.model') AS model,
    (response ->> '$.service_tier') AS tier,
    json_extract(response, '$.usage') AS usage
  FROM read_parquet('llm_answers/*.parquet')
  WHERE logged_at >= now() - INTERVAL 30 DAY
),
answers AS (
  SELECT
    day,
    model,
    COALESCE((usage ->> '$.service_tier'), tier) AS tier,
    COALESCE(
      CAST(usage ->> '$.prompt_tokens' AS BIGINT),
      CAST(usage ->> '$.input_tokens' AS BIGINT)
    ) AS input,
    COALESCE(
      CAST(usage ->> '$.prompt_tokens_details.cached_tokens' AS BIGINT),
      CAST(usage ->> '$.input_tokens_details.cached_tokens' AS BIGINT)
    ) AS read_within,
    COALESCE(
      CAST(usage ->> '$.prompt_tokens_details.cache_write_tokens' AS BIGINT),
      CAST(usage ->> '$.input_tokens_details.cache_write_tokens' AS BIGINT)
    ) AS written_within,
    CAST(usage ->> '$.cache_read_input_tokens' AS BIGINT) AS read_beside,
    CAST(usage ->> '$.cache_creation_input_tokens' AS BIGINT) AS written_beside,
    CAST(usage ->> '$.cache_creation.ephemeral_1h_input_tokens' AS BIGINT) AS written_1h,
    COALESCE(
      CAST(usage ->> '$.completion_tokens' AS BIGINT),
      CAST(usage ->> '$.output_tokens' AS BIGINT)
    ) AS output,
    COALESCE(
      CAST(usage ->> '$.completion_tokens_details.reasoning_tokens' AS BIGINT),
      CAST(usage ->> '$.output_tokens_details.reasoning_tokens' AS BIGINT),
      CAST(usage ->> '$.output_tokens_details.thinking_tokens' AS BIGINT)
    ) AS reasoning
  FROM logged
)
SELECT
  day,
  model,
  tier,
  COUNT(*) AS requests,
  SUM(CASE WHEN output IS NULL THEN 1 ELSE 0 END) AS failed,
  SUM(input - COALESCE(read_within, 0) - COALESCE(written_within, 0)) AS uncached_tokens,
  SUM(COALESCE(read_beside, read_within)) AS cache_read_tokens,
  SUM(COALESCE(written_beside, written_within)) AS cache_write_tokens,
  SUM(written_1h) AS cache_write_1h_tokens,
  SUM(output) AS output_tokens,
  SUM(reasoning) AS reasoning_tokens
FROM answers
GROUP BY day, model, tier
ORDER BY day, model, tier
