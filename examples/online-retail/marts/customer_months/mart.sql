-- By customer and month, so that cohorts can be told: who came first when, and who came back.
SELECT
  customer_id,
  trunc(business_date(invoiced_at), 'MONTH') AS sales_month,
  count(DISTINCT invoice_no) AS invoices,
  CAST(sum(line_amount(quantity, unit_price)) AS DECIMAL(18, 3)) AS revenue
FROM silver.invoice_lines
WHERE is_sale(customer_id, is_cancellation, quantity, unit_price)
GROUP BY customer_id, trunc(business_date(invoiced_at), 'MONTH')
