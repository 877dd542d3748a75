-- Pounds without value added tax, which is a fifth of the net price.
net_amount(gross) = CAST(gross / 1.2 AS DECIMAL(12, 2))
