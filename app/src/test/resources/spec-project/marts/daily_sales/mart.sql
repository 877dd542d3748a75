SELECT ordered_on AS day, count(*) AS orders, sum(net(amount)) AS net
FROM silver.orders
GROUP BY ordered_on
