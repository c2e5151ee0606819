-- Helicone, in its ClickHouse database: clickhouse-client --format CSVWithNames < helicone_clickhouse.sql > sums.csv
SELECT
  toDate(request_created_at) AS day,
  model,
  lower(provider) AS provider,
  count() AS requests,
  countIf(status < 200 OR status >= 400) AS failed,
  sum(prompt_tokens) AS uncached_tokens,
  sum(prompt_cache_read_tokens) AS cache_read_tokens,
  sum(prompt_cache_write_tokens) AS cache_write_tokens,
  sum(completion_tokens) AS output_tokens,
  sum(cost) / 1000000000 AS cost_usd
FROM request_response_rmt FINAL
WHERE request_created_at >= now() - INTERVAL 30 DAY
  AND toString(cache_reference_id) = '00000000-0000-0000-0000-000000000000'
GROUP BY day, model, provider
ORDER BY day, model, provider
