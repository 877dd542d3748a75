-- How a customer is to be addressed, by scores from 1 to 5; null for all three who has not bought.
customer_segment(recency, frequency, money) =
  CASE
    WHEN recency IS NULL THEN 'prospect'
    WHEN recency >= 4 AND frequency >= 4 AND money >= 4 THEN 'champion'
    WHEN recency <= 2 AND (frequency >= 4 OR money >= 4) THEN 'at risk'
    WHEN frequency >= 4 THEN 'loyal'
    WHEN money >= 4 THEN 'big spender'
    WHEN recency >= 4 THEN 'new or back'
    WHEN recency <= 2 THEN 'lapsing'
    ELSE 'occasional'
  END
