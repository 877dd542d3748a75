SELECT c.customer_id, c.city,
  (SELECT count(DISTINCT h.city) FROM silver.customers_history h WHERE h.customer_id = c.customer_id) AS cities,
  o.spent
FROM silver.customers c
LEFT JOIN (SELECT customer_id, sum(amount) AS spent FROM silver.orders GROUP BY customer_id) o
  ON o.customer_id = c.customer_id
