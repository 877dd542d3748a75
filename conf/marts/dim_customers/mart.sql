-- Every version of every customer, without what names them.
SELECT
  version_id,
  customer_id,
  city,
  tier,
  valid_from,
  valid_to,
  is_current
FROM silver.customers_history
