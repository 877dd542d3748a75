WITH visits AS (
  SELECT
    session_id,
    max(customer_id) AS customer_id,
    min(event_time) AS started_at,
    max(event_time) AS ended_at,
    count(*) AS clicks,
    count(CASE WHEN type = 'view' THEN 1 END) AS views,
    count(DISTINCT CASE WHEN type = 'view' THEN product_id END) AS products_viewed,
    count(CASE WHEN type = 'cart' THEN 1 END) AS cart_additions,
    max(CASE type WHEN 'purchase' THEN 4 WHEN 'checkout' THEN 3 WHEN 'cart' THEN 2 ELSE 1 END) AS step,
    min(CASE WHEN type = 'purchase' THEN event_time END) AS purchased_at
  FROM silver.clickstream
  GROUP BY session_id
)
SELECT
  session_id,
  customer_id,
  business_date(started_at) AS session_date,
  started_at,
  ended_at,
  unix_seconds(ended_at) - unix_seconds(started_at) AS duration_seconds,
  clicks,
  views,
  products_viewed,
  cart_additions,
  CASE step WHEN 4 THEN 'purchase' WHEN 3 THEN 'checkout' WHEN 2 THEN 'cart' ELSE 'view' END AS furthest_step,
  step >= 2 AS reached_cart,
  step >= 3 AS reached_checkout,
  step = 4 AS is_converted,
  step IN (2, 3) AS is_abandoned,
  unix_seconds(purchased_at) - unix_seconds(started_at) AS seconds_to_purchase
FROM visits
