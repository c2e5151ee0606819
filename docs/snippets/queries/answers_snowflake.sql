-- A log of answers in Snowflake, where response is a VARIANT. Download the result as CSV.
WITH logged AS (
  SELECT
    TO_DATE(logged_at) AS day,
    response:model::VARCHAR AS model,
    response:service_tier::VARCHAR AS tier,
    response:usage AS usage
  FROM llm_answers
  WHERE logged_at >= DATEADD(day, -30, CURRENT_TIMESTAMP())
),
answers AS (
  SELECT
    day,
    model,
    COALESCE(usage:service_tier::VARCHAR, tier) AS tier,
    COALESCE(
      usage:prompt_tokens::NUMBER,
      usage:input_tokens::NUMBER
    ) AS input,
    COALESCE(
      usage:prompt_tokens_details.cached_tokens::NUMBER,
      usage:input_tokens_details.cached_tokens::NUMBER
    ) AS read_within,
    COALESCE(
      usage:prompt_tokens_details.cache_write_tokens::NUMBER,
      usage:input_tokens_details.cache_write_tokens::NUMBER
    ) AS written_within,
    usage:cache_read_input_tokens::NUMBER AS read_beside,
    usage:cache_creation_input_tokens::NUMBER AS written_beside,
    usage:cache_creation.ephemeral_1h_input_tokens::NUMBER AS written_1h,
    COALESCE(
      usage:completion_tokens::NUMBER,
      usage:output_tokens::NUMBER
    ) AS output,
    COALESCE(
      usage:completion_tokens_details.reasoning_tokens::NUMBER,
      usage:output_tokens_details.reasoning_tokens::NUMBER,
      usage:output_tokens_details.thinking_tokens::NUMBER
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
