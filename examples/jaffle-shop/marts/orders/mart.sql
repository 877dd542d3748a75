SELECT
  o.order_id,
  o.customer_id,
  o.order_date,
  o.status,
  sum(CASE p.payment_method WHEN 'credit_card' THEN p.amount ELSE 0 END) AS credit_card_amount,
  sum(CASE p.payment_method WHEN 'coupon' THEN p.amount ELSE 0 END) AS coupon_amount,
  sum(CASE p.payment_method WHEN 'bank_transfer' THEN p.amount ELSE 0 END) AS bank_transfer_amount,
  sum(CASE p.payment_method WHEN 'gift_card' THEN p.amount ELSE 0 END) AS gift_card_amount,
  sum(p.amount) AS amount
FROM silver.orders AS o
LEFT JOIN silver.payments AS p ON p.order_id = o.order_id
GROUP BY o.order_id, o.customer_id, o.order_date, o.status
