WITH bought AS (
  SELECT DISTINCT order_id, product_id
  FROM gold.fct_order_items
  WHERE status NOT IN ('cancelled', 'unknown')
),
products AS (
  SELECT product_id, count(*) AS orders FROM bought GROUP BY product_id
),
pairs AS (
  SELECT a.product_id, b.product_id AS recommended_id, count(*) AS orders_together
  FROM bought AS a
  JOIN bought AS b ON b.order_id = a.order_id AND b.product_id <> a.product_id
  GROUP BY a.product_id, b.product_id
  -- What happened once or twice may be chance.
  HAVING count(*) >= 3
),
measured AS (
  SELECT
    pairs.product_id,
    pairs.recommended_id,
    pairs.orders_together,
    CAST(pairs.orders_together / total.orders AS DECIMAL(9, 6)) AS support,
    CAST(pairs.orders_together / product.orders AS DECIMAL(9, 6)) AS confidence,
    CAST(pairs.orders_together * total.orders / (product.orders * recommended.orders) AS DECIMAL(12, 4)) AS lift
  FROM pairs
  JOIN products AS product ON product.product_id = pairs.product_id
  JOIN products AS recommended ON recommended.product_id = pairs.recommended_id
  CROSS JOIN (SELECT count(DISTINCT order_id) AS orders FROM bought) AS total
),
placed AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY product_id ORDER BY lift DESC, orders_together DESC, recommended_id) AS place
  FROM measured
  WHERE lift > 1
)
SELECT product_id, place, recommended_id, orders_together, support, confidence, lift
FROM placed
WHERE place <= 5
