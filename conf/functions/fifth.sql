-- 1 to 5 by the share of others who are worse, 0 to 1.
fifth(share) = CAST(least(5, 1 + floor(5 * share)) AS INT)
