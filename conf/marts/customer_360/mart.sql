WITH bought AS (
  SELECT
    customer_id,
    count(CASE WHEN status <> 'cancelled' THEN 1 END) AS orders,
    count(CASE WHEN status = 'cancelled' THEN 1 END) AS cancelled_orders,
    min(CASE WHEN status <> 'cancelled' THEN order_date END) AS first_order_date,
    max(CASE WHEN status <> 'cancelled' THEN order_date END) AS last_order_date,
    max(CASE WHEN status <> 'cancelled' THEN ordered_at END) AS last_ordered_at,
    CAST(sum(CASE WHEN status <> 'cancelled' THEN amount ELSE 0 END) AS DECIMAL(14, 2)) AS lifetime_value,
    CAST(sum(CASE WHEN status <> 'cancelled' THEN profit ELSE 0 END) AS DECIMAL(14, 2)) AS lifetime_profit
  FROM gold.fct_orders
  GROUP BY customer_id
),
-- Among those who bought: the share of others who are worse. Equal values have equal shares.
ranked AS (
  SELECT
    customer_id,
    fifth(percent_rank() OVER (ORDER BY last_ordered_at)) AS recency_score,
    fifth(percent_rank() OVER (ORDER BY orders)) AS frequency_score,
    fifth(percent_rank() OVER (ORDER BY lifetime_value)) AS money_score
  FROM bought
  WHERE orders > 0
),
today AS (
  SELECT max(order_date) AS as_of FROM gold.fct_orders
)
SELECT
  coalesce(bought.customer_id, customer.customer_id) AS customer_id,
  customer.customer_id IS NOT NULL AS is_registered,
  coalesce(customer.city, 'unknown') AS city,
  coalesce(customer.tier, 'unknown') AS tier,
  today.as_of,
  coalesce(bought.orders, 0) AS orders,
  coalesce(bought.cancelled_orders, 0) AS cancelled_orders,
  bought.first_order_date,
  bought.last_order_date,
  datediff(today.as_of, bought.last_order_date) AS days_since_last_order,
  coalesce(bought.lifetime_value, 0) AS lifetime_value,
  coalesce(bought.lifetime_profit, 0) AS lifetime_profit,
  CAST(bought.lifetime_value / nullif(bought.orders, 0) AS DECIMAL(12, 2)) AS average_order,
  ranked.recency_score,
  ranked.frequency_score,
  ranked.money_score,
  customer_segment(ranked.recency_score, ranked.frequency_score, ranked.money_score) AS segment
FROM bought
FULL OUTER JOIN silver.customers AS customer ON customer.customer_id = bought.customer_id
LEFT JOIN ranked ON ranked.customer_id = bought.customer_id
CROSS JOIN today
