WITH days AS (
  SELECT
    order_date,
    count(CASE WHEN status <> 'cancelled' THEN 1 END) AS orders,
    count(CASE WHEN status = 'cancelled' THEN 1 END) AS cancelled_orders,
    sum(CASE WHEN status <> 'cancelled' THEN units ELSE 0 END) AS units,
    CAST(sum(CASE WHEN status <> 'cancelled' THEN amount ELSE 0 END) AS DECIMAL(14, 2)) AS revenue,
    CAST(sum(CASE WHEN status <> 'cancelled' THEN net_amount ELSE 0 END) AS DECIMAL(14, 2)) AS net_revenue,
    CAST(sum(CASE WHEN status <> 'cancelled' THEN cost ELSE 0 END) AS DECIMAL(14, 2)) AS cost
  FROM gold.fct_orders
  GROUP BY order_date
)
SELECT
  order_date,
  orders,
  cancelled_orders,
  units,
  revenue,
  net_revenue,
  cost,
  CAST(net_revenue - cost AS DECIMAL(14, 2)) AS profit,
  margin(net_revenue - cost, net_revenue) AS margin,
  CAST(revenue / nullif(orders, 0) AS DECIMAL(12, 2)) AS average_order
FROM days
