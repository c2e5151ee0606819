-- A log of answers in BigQuery, where response is JSON:
-- bq query --format=csv --max_rows=100000 --use_legacy_sql=false < answers_bigquery.sql > sums.csv
WITH logged AS (
  SELECT
    DATE(logged_at) AS day,
    LAX_STRING(response.model) AS model,
    LAX_STRING(response.service_tier) AS tier,
    response.usage AS usage
  FROM my_dataset.llm_answers
  WHERE logged_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
),
answers AS (
  SELECT
    day,
    model,
    COALESCE(LAX_STRING(usage.service_tier), tier) AS tier,
    COALESCE(
      LAX_INT64(usage.prompt_tokens),
      LAX_INT64(usage.input_tokens)
    ) AS input,
    COALESCE(
      LAX_INT64(usage.prompt_tokens_details.cached_tokens),
      LAX_INT64(usage.input_tokens_details.cached_tokens)
    ) AS read_within,
    COALESCE(
      LAX_INT64(usage.prompt_tokens_details.cache_write_tokens),
      LAX_INT64(usage.input_tokens_details.cache_write_tokens)
    ) AS written_within,
    LAX_INT64(usage.cache_read_input_tokens) AS read_beside,
    LAX_INT64(usage.cache_creation_input_tokens) AS written_beside,
    LAX_INT64(usage.cache_creation.ephemeral_1h_input_tokens) AS written_1h,
    COALESCE(
      LAX_INT64(usage.completion_tokens),
      LAX_INT64(usage.output_tokens)
    ) AS output,
    COALESCE(
      LAX_INT64(usage.completion_tokens_details.reasoning_tokens),
      LAX_INT64(usage.output_tokens_details.reasoning_tokens),
      LAX_INT64(usage.output_tokens_details.thinking_tokens)
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
