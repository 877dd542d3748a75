SELECT
  order_date,
  count(CASE WHEN status <> 'cancelled' THEN 1 END) AS orders,
  count(CASE WHEN status = 'cancelled' THEN 1 END) AS cancelled_orders,
  sum(CASE WHEN status <> 'cancelled' THEN units ELSE 0 END) AS units,
  CAST(sum(CASE WHEN status <> 'cancelled' THEN amount ELSE 0 END) AS DECIMAL(14, 2)) AS revenue
FROM gold.fct_orders
GROUP BY order_date
