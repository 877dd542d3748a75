SELECT
  stock_code,
  max(trim(description)) AS description,
  count(DISTINCT invoice_no) AS cancellations,
  -sum(quantity) AS units,
  CAST(-sum(line_amount(quantity, unit_price)) AS DECIMAL(18, 3)) AS refunded
FROM silver.invoice_lines
WHERE is_cancellation AND quantity < 0
GROUP BY stock_code
