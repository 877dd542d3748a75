-- The country is the customer's at the time of the invoice, not today's.
SELECT
  customer.country,
  count(DISTINCT line.customer_id) AS customers,
  count(DISTINCT line.invoice_no) AS invoices,
  CAST(sum(line_amount(line.quantity, line.unit_price)) AS DECIMAL(18, 3)) AS revenue
FROM silver.invoice_lines AS line
JOIN silver.customers_history AS customer
  ON customer.customer_id = line.customer_id
  AND customer.valid_from <= line.invoiced_at
  AND (customer.valid_to IS NULL OR line.invoiced_at < customer.valid_to)
WHERE is_sale(line.customer_id, line.is_cancellation, line.quantity, line.unit_price)
GROUP BY customer.country
