-- A visitor counts with the tier that they had when they clicked.
SELECT
  window.start AS window_start,
  window.end AS window_end,
  clicks.type,
  coalesce(customer.tier, 'unknown') AS tier,
  count(*) AS events,
  count(DISTINCT clicks.session_id) AS sessions,
  count(DISTINCT clicks.customer_id) AS customers,
  count(DISTINCT clicks.product_id) AS products
FROM silver.clickstream AS clicks
LEFT JOIN silver.customers_history AS customer
  ON customer.customer_id = clicks.customer_id
  AND customer.valid_from <= clicks.event_time
  AND (customer.valid_to IS NULL OR clicks.event_time < customer.valid_to)
GROUP BY window(clicks.event_time, '5 minutes'), clicks.type, coalesce(customer.tier, 'unknown')
