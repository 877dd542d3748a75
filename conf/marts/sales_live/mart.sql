-- The past as the last night left it, and each day that it does not have. Both are read as they are
-- at one moment, so that no day is missing and none is there twice, whatever ran last.
SELECT
  order_date,
  'past' AS part,
  orders,
  cancelled_orders,
  units,
  revenue,
  net_revenue,
  cost,
  profit
FROM gold.sales_nightly
UNION ALL
SELECT
  today.order_date,
  'present' AS part,
  today.orders,
  today.cancelled_orders,
  today.units,
  today.revenue,
  today.net_revenue,
  today.cost,
  today.profit
FROM gold.daily_sales AS today
WHERE NOT EXISTS (SELECT 1 FROM gold.sales_nightly AS past WHERE past.order_date = today.order_date)
