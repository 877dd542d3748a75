WITH sold AS (
  SELECT
    stock_code,
    -- A product is described in several ways; the last description in the alphabet is as good as any,
    -- and always the same.
    max(trim(description)) AS description,
    sum(quantity) AS units,
    CAST(sum(line_amount(quantity, unit_price)) AS DECIMAL(18, 3)) AS revenue
  FROM silver.invoice_lines
  WHERE is_sale(customer_id, is_cancellation, quantity, unit_price)
  GROUP BY stock_code
)
SELECT place, stock_code, description, units, revenue
FROM (
  SELECT *, CAST(row_number() OVER (ORDER BY revenue DESC, stock_code) AS INT) AS place FROM sold
)
WHERE place <= 100
