-- The days that are over, as they stood when this was computed last. The newest day is not over.
SELECT
  order_date,
  orders,
  cancelled_orders,
  units,
  revenue,
  net_revenue,
  cost,
  profit
FROM gold.daily_sales
WHERE order_date < (SELECT max(order_date) FROM gold.daily_sales)
