WITH items AS (
  SELECT
    order_id,
    count(*) AS item_lines,
    count(DISTINCT product_id) AS products,
    sum(quantity) AS units,
    CAST(sum(quantity * unit_price) AS DECIMAL(12, 2)) AS amount,
    CAST(sum(quantity * unit_cost) AS DECIMAL(12, 2)) AS cost
  FROM silver.order_items
  GROUP BY order_id
)
SELECT
  orders.order_id,
  orders.customer_id,
  -- Where the customer lived and what they were when they ordered. An order may come before its
  -- customer: it is 'unknown' until then, and moves to the right city when the customer arrives.
  coalesce(customer.city, 'unknown') AS city,
  coalesce(customer.tier, 'unknown') AS tier,
  business_date(orders.ordered_at) AS order_date,
  orders.ordered_at,
  orders.status,
  orders.delivery_method,
  orders.is_gift,
  coalesce(items.item_lines, 0) AS item_lines,
  coalesce(items.products, 0) AS products,
  coalesce(items.units, 0) AS units,
  coalesce(items.amount, CAST(0 AS DECIMAL(12, 2))) AS amount,
  net_amount(coalesce(items.amount, 0)) AS net_amount,
  coalesce(items.cost, CAST(0 AS DECIMAL(12, 2))) AS cost,
  profit(coalesce(items.amount, 0), coalesce(items.cost, 0)) AS profit,
  margin(profit(items.amount, items.cost), net_amount(items.amount)) AS margin,
  value_tier(coalesce(items.amount, 0)) AS value_tier
FROM silver.orders AS orders
LEFT JOIN items ON items.order_id = orders.order_id
LEFT JOIN silver.customers_history AS customer
  ON customer.customer_id = orders.customer_id
  AND customer.valid_from <= orders.ordered_at
  AND (customer.valid_to IS NULL OR orders.ordered_at < customer.valid_to)
