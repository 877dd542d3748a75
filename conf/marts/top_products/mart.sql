WITH sold AS (
  SELECT
    items.product_id,
    sum(items.quantity) AS units,
    CAST(sum(items.quantity * items.unit_price) AS DECIMAL(14, 2)) AS revenue
  FROM silver.order_items AS items
  JOIN silver.orders AS orders ON orders.order_id = items.order_id
  WHERE orders.status <> 'cancelled'
  GROUP BY items.product_id
),
placed AS (
  SELECT *, CAST(row_number() OVER (ORDER BY revenue DESC, product_id) AS INT) AS place FROM sold
)
SELECT placed.place, placed.product_id, product.name, product.category, placed.units, placed.revenue
FROM placed
LEFT JOIN silver.products AS product ON product.product_id = placed.product_id
WHERE placed.place <= 20
