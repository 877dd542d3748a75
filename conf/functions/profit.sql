-- What is left of a price, tax included, when tax and goods are paid.
profit(gross, cost) = CAST(net_amount(gross) - cost AS DECIMAL(12, 2))
