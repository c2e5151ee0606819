-- Langfuse, in its ClickHouse database: clickhouse-client --format CSVWithNames < langfuse_clickhouse.sql > sums.csv
WITH calls AS (
  SELECT
    toDate(start_time) AS day,
    provided_model_name AS model,
    level,
    total_cost,
    mapKeys(usage_details) AS names,
    mapValues(usage_details) AS counts
  FROM observations FINAL
  WHERE type IN ('GENERATION', 'EMBEDDING')
    AND is_deleted = 0
    AND start_time >= now() - INTERVAL 30 DAY
)
SELECT
  day,
  model,
  count() AS requests,
  countIf(level = 'ERROR') AS failed,
  sum(arraySum(arrayMap(
    (name, tokens) -> if(name LIKE 'input%' AND name NOT LIKE '%cache%', tokens, 0), names, counts
  ))) AS uncached_tokens,
  sum(arraySum(arrayMap(
    (name, tokens) -> if(name LIKE '%cache%' AND NOT match(name, 'creation|write'), tokens, 0), names, counts
  ))) AS cache_read_tokens,
  sum(arraySum(arrayMap(
    (name, tokens) -> if(name LIKE '%cache%' AND match(name, 'creation|write'), tokens, 0), names, counts
  ))) AS cache_write_tokens,
  sum(arraySum(arrayMap((name, tokens) -> if(name LIKE 'output%', tokens, 0), names, counts))) AS output_tokens,
  sum(arraySum(arrayMap(
    (name, tokens) -> if(name LIKE 'output%reasoning%', tokens, 0), names, counts
  ))) AS reasoning_tokens,
  sum(total_cost) AS cost_usd
FROM calls
GROUP BY day, model
ORDER BY day, model
