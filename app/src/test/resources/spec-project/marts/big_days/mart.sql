SELECT day, net FROM gold.daily_sales WHERE net > (SELECT avg(net) FROM gold.daily_sales)
