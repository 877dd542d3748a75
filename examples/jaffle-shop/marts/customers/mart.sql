SELECT
  customer.customer_id,
  customer.first_name,
  customer.last_name,
  min(ordered.order_date) AS first_order,
  max(ordered.order_date) AS most_recent_order,
  count(ordered.order_id) AS number_of_orders,
  sum(ordered.amount) AS customer_lifetime_value
FROM silver.customers AS customer
LEFT JOIN gold.orders AS ordered ON ordered.customer_id = customer.customer_id
GROUP BY customer.customer_id, customer.first_name, customer.last_name
