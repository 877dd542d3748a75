SELECT
  business_date(invoiced_at) AS sales_date,
  count(DISTINCT invoice_no) AS invoices,
  count(DISTINCT customer_id) AS customers,
  count(*) AS lines,
  sum(quantity) AS units,
  CAST(sum(line_amount(quantity, unit_price)) AS DECIMAL(18, 3)) AS revenue
FROM silver.invoice_lines
WHERE is_sale(customer_id, is_cancellation, quantity, unit_price)
GROUP BY business_date(invoiced_at)
