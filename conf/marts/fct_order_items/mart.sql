WITH items AS (
  SELECT
    order_id,
    line_no,
    product_id,
    quantity,
    unit_price,
    unit_cost,
    CAST(quantity * unit_price AS DECIMAL(12, 2)) AS amount,
    CAST(quantity * unit_cost AS DECIMAL(12, 2)) AS cost
  FROM silver.order_items
)
SELECT
  items.order_id,
  items.line_no,
  items.product_id,
  orders.customer_id,
  business_date(orders.ordered_at) AS order_date,
  -- A line may come before its order.
  coalesce(orders.status, 'unknown') AS status,
  items.quantity,
  quantity_tier(items.quantity) AS quantity_tier,
  items.unit_price,
  items.unit_cost,
  items.amount,
  net_amount(items.amount) AS net_amount,
  items.cost,
  profit(items.amount, items.cost) AS profit,
  margin(profit(items.amount, items.cost), net_amount(items.amount)) AS margin
FROM items
LEFT JOIN silver.orders AS orders ON orders.order_id = items.order_id
