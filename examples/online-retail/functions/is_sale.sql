-- The clean rule: a known customer bought something for money, and it was no cancellation.
is_sale(customer_id, is_cancellation, quantity, unit_price) =
  customer_id IS NOT NULL AND NOT is_cancellation AND quantity > 0 AND unit_price > 0
