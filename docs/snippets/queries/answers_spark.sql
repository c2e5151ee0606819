-- A log of answers in Spark or Databricks, where response is text. Write the result as CSV with a header.
WITH logged AS (
  SELECT
    TO_DATE(logged_at) AS day,
    get_json_object(response, '$.model') AS model,
    get_json_object(response, '$.service_tier') AS tier,
    get_json_object(response, '$.usage') AS usage
  FROM llm_answers
  WHERE logged_at >= CURRENT_TIMESTAMP() - INTERVAL 30 DAYS
),
answers AS (
  SELECT
    day,
    model,
    COALESCE(get_json_object(usage, '$.service_tier'), tier) AS tier,
    COALESCE(
      CAST(get_json_object(usage, '$.prompt_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.input_tokens') AS BIGINT)
    ) AS input,
    COALESCE(
      CAST(get_json_object(usage, '$.prompt_tokens_details.cached_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.input_tokens_details.cached_tokens') AS BIGINT)
    ) AS read_within,
    COALESCE(
      CAST(get_json_object(usage, '$.prompt_tokens_details.cache_write_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.input_tokens_details.cache_write_tokens') AS BIGINT)
    ) AS written_within,
    CAST(get_json_object(usage, '$.cache_read_input_tokens') AS BIGINT) AS read_beside,
    CAST(get_json_object(usage, '$.cache_creation_input_tokens') AS BIGINT) AS written_beside,
    CAST(get_json_object(usage, '$.cache_creation.ephemeral_1h_input_tokens') AS BIGINT) AS written_1h,
    COALESCE(
      CAST(get_json_object(usage, '$.completion_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.output_tokens') AS BIGINT)
    ) AS output,
    COALESCE(
      CAST(get_json_object(usage, '$.completion_tokens_details.reasoning_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.output_tokens_details.reasoning_tokens') AS BIGINT),
      CAST(get_json_object(usage, '$.output_tokens_details.thinking_tokens') AS BIGINT)
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
