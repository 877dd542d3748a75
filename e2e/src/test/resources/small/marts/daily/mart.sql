SELECT customers.city, CAST(sum(events.amount) AS DECIMAL(14, 2)) AS amount
FROM silver.events AS events
JOIN silver.customers AS customers ON customers.customer_id = events.customer_id
GROUP BY customers.city
