-- LiteLLM's proxy, in its Postgres database: psql --csv --file litellm_postgres.sql > sums.csv
WITH calls AS (
  SELECT
    CAST("startTime" AS date) AS day,
    model,
    custom_llm_provider AS provider,
    status,
    prompt_tokens,
    completion_tokens,
    spend,
    COALESCE(
      metadata #>> '{usage_object,cache_read_input_tokens}',
      metadata #>> '{usage_object,prompt_tokens_details,cached_tokens}',
      metadata #>> '{additional_usage_values,cache_read_input_tokens}'
    )::bigint AS cache_read,
    COALESCE(
      metadata #>> '{usage_object,cache_creation_input_tokens}',
      metadata #>> '{usage_object,prompt_tokens_details,cache_write_tokens}',
      metadata #>> '{additional_usage_values,cache_creation_input_tokens}'
    )::bigint AS cache_write,
    (metadata #>> '{usage_object,completion_tokens_details,reasoning_tokens}')::bigint AS reasoning
  FROM "LiteLLM_SpendLogs"
  WHERE "startTime" >= now() - INTERVAL '30 days'
    AND LOWER(COALESCE(cache_hit, '')) <> 'true'
    AND call_type NOT LIKE 'aget\_%'
    AND call_type NOT LIKE 'aretrieve\_%'
)
SELECT
  day,
  model,
  provider,
  COUNT(*) AS requests,
  COUNT(*) FILTER (WHERE status = 'failure') AS failed,
  SUM(prompt_tokens - COALESCE(cache_read, 0) - COALESCE(cache_write, 0)) AS uncached_tokens,
  SUM(cache_read) AS cache_read_tokens,
  SUM(cache_write) AS cache_write_tokens,
  SUM(completion_tokens) AS output_tokens,
  SUM(reasoning) AS reasoning_tokens,
  SUM(spend) AS cost_usd
FROM calls
GROUP BY day, model, provider
ORDER BY day, model, provider
