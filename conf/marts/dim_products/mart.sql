WITH versions AS (
  SELECT
    product_id,
    name,
    category,
    price,
    valid_from,
    valid_to,
    lag(price) OVER (PARTITION BY product_id ORDER BY valid_from, version_id) AS price_before,
    row_number() OVER (PARTITION BY product_id ORDER BY valid_from DESC, version_id DESC) AS age
  FROM silver.products_history
  -- Two changes of one moment leave a version that never held.
  WHERE valid_to IS NULL OR valid_to > valid_from
)
SELECT
  product_id,
  max(CASE WHEN age = 1 THEN name END) AS name,
  max(CASE WHEN age = 1 THEN category END) AS category,
  max(CASE WHEN age = 1 THEN price END) AS price,
  min(price) AS lowest_price,
  max(price) AS highest_price,
  count(CASE WHEN price <> price_before THEN 1 END) AS price_changes,
  min(valid_from) AS on_sale_since,
  max(CASE WHEN age = 1 THEN valid_to END) AS withdrawn_at,
  max(CASE WHEN age = 1 THEN valid_to IS NULL END) AS is_on_sale
FROM versions
GROUP BY product_id
