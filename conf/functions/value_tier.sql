-- How large an order is.
value_tier(amount) = CASE WHEN amount >= 150 THEN 'large' WHEN amount >= 50 THEN 'medium' ELSE 'small' END
