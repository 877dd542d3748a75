-- Sums of floating point numbers differ in their last digits with the order of the rows, so they are rounded.
SELECT
  to_date(read_at) AS day,
  count(*) AS readings,
  count(*) - count(DISTINCT read_at) AS repeated,
  round(avg(temperature), 6) AS mean,
  min(temperature) AS least,
  max(temperature) AS greatest,
  round(stddev_pop(temperature), 6) AS deviation
FROM silver.readings
GROUP BY to_date(read_at)
