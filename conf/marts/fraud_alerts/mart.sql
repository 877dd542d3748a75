WITH orders AS (
  SELECT
    order_id,
    customer_id,
    order_date,
    ordered_at,
    status,
    amount,
    count(*) OVER hour AS orders_of_hour,
    array_join(sort_array(collect_list(order_id) OVER hour), ', ') AS ids_of_hour,
    count(*) OVER before AS orders_before,
    CAST(avg(amount) OVER before AS DECIMAL(12, 2)) AS usual_amount
  FROM gold.fct_orders
  WINDOW
    hour AS (
      PARTITION BY customer_id ORDER BY ordered_at
      RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW),
    before AS (
      PARTITION BY customer_id ORDER BY ordered_at, order_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
  order_id,
  'velocity' AS alert,
  customer_id,
  order_date,
  ordered_at,
  status,
  amount,
  CAST(orders_of_hour AS DECIMAL(12, 2)) AS observed,
  CAST(2 AS DECIMAL(12, 2)) AS allowed,
  concat(orders_of_hour, ' orders within an hour: ', ids_of_hour) AS evidence
FROM orders
WHERE orders_of_hour > 2
UNION ALL
SELECT
  order_id,
  'amount' AS alert,
  customer_id,
  order_date,
  ordered_at,
  status,
  amount,
  amount AS observed,
  CAST(3 * usual_amount AS DECIMAL(12, 2)) AS allowed,
  concat('usually £', usual_amount, ', by ', orders_before, ' orders before') AS evidence
FROM orders
-- Of fewer orders before nobody knows what is usual.
WHERE orders_before >= 3 AND value_tier(amount) = 'large' AND amount > 3 * usual_amount
