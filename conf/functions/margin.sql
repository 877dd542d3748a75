-- Profit by net amount; nothing if there is none.
margin(profit, net) = CAST(profit / nullif(net, 0) AS DECIMAL(10, 4))
