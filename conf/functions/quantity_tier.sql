-- How many pieces a line has.
quantity_tier(quantity) = CASE WHEN quantity >= 5 THEN 'many' WHEN quantity >= 2 THEN 'few' ELSE 'single' END
