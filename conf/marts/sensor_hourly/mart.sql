WITH hours AS (
  SELECT
    sensor_id,
    warehouse,
    date_trunc('HOUR', read_at) AS hour_start,
    count(*) AS readings,
    min(celsius) AS min_celsius,
    CAST(avg(celsius) AS DECIMAL(6, 2)) AS avg_celsius,
    max(celsius) AS max_celsius,
    count(CASE WHEN is_too_warm(celsius) THEN 1 END) * 10 AS minutes_too_warm
  FROM silver.sensors
  GROUP BY sensor_id, warehouse, date_trunc('HOUR', read_at)
)
SELECT *, greatest(6 - readings, 0) AS missing_readings, minutes_too_warm >= 20 AS is_too_warm
FROM hours
