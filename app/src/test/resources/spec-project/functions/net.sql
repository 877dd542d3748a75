net(gross) = cast(gross / 1.2 AS DECIMAL(12, 2))
