-- One row per order whose payments do not add up to what is due, and why.
WITH paid AS (
  SELECT order_id, count(*) AS payments, CAST(sum(amount) AS DECIMAL(12, 2)) AS amount
  FROM silver.payments
  GROUP BY order_id
),
compared AS (
  SELECT
    coalesce(orders.order_id, paid.order_id) AS order_id,
    orders.order_date,
    orders.status,
    CASE WHEN orders.status <> 'cancelled' THEN orders.amount ELSE CAST(0 AS DECIMAL(12, 2)) END AS due,
    coalesce(paid.amount, CAST(0 AS DECIMAL(12, 2))) AS paid,
    coalesce(paid.payments, 0) AS payments
  FROM gold.fct_orders AS orders
  FULL OUTER JOIN paid ON paid.order_id = orders.order_id
)
SELECT
  order_id,
  order_date,
  status,
  payments,
  due,
  paid,
  CAST(paid - due AS DECIMAL(12, 2)) AS difference,
  CASE
    WHEN status IS NULL THEN 'unknown order'
    WHEN status = 'cancelled' THEN 'cancelled but paid'
    WHEN payments = 0 THEN 'not paid'
    WHEN paid < due THEN 'paid too little'
    WHEN payments > 1 THEN 'paid twice'
    ELSE 'paid too much'
  END AS reason
FROM compared
WHERE paid <> due
