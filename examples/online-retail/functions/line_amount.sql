-- What a line is worth, in pounds; negative where goods came back.
line_amount(quantity, unit_price) = CAST(quantity * unit_price AS DECIMAL(18, 3))
