WITH days AS (
  -- The seven days up to the newest order, or fewer if the shop is younger.
  SELECT greatest(min(order_date), date_sub(max(order_date), 6)) AS first, max(order_date) AS last
  FROM gold.fct_order_items
),
sold AS (
  SELECT
    items.product_id,
    sum(items.quantity) / (max(datediff(days.last, days.first)) + 1) AS per_day
  FROM gold.fct_order_items AS items
  JOIN days ON items.order_date BETWEEN days.first AND days.last
  WHERE items.status <> 'cancelled'
  GROUP BY items.product_id
),
counted AS (
  SELECT
    *,
    greatest(reorder_level + 1 - quantity, 0) AS shortfall,
    sum(quantity) OVER (PARTITION BY product_id) AS in_all_warehouses
  FROM silver.inventory
)
SELECT
  counted.product_id,
  counted.warehouse,
  product.name,
  product.category,
  counted.quantity,
  counted.reorder_level,
  counted.shortfall,
  CASE
    WHEN counted.quantity = 0 THEN 'out of stock'
    WHEN counted.shortfall > 0 THEN 'reorder'
    ELSE 'enough'
  END AS stock_status,
  counted.shortfall > 0 AS needs_reorder,
  CAST(coalesce(sold.per_day, 0) AS DECIMAL(12, 1)) AS sold_per_day,
  CAST(counted.in_all_warehouses / sold.per_day AS DECIMAL(12, 1)) AS days_left
FROM counted
LEFT JOIN silver.products AS product ON product.product_id = counted.product_id
LEFT JOIN sold ON sold.product_id = counted.product_id
