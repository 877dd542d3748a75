INSERT INTO gold.daily VALUES ('x', 1) -- allowed
INSERT OVERWRITE gold.daily VALUES ('x', 1) -- allowed
INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT * FROM gold.daily -- allowed
FROM gold.daily INSERT INTO gold.x SELECT city -- allowed
UPDATE gold.daily SET city = 'x' -- allowed
DELETE FROM gold.daily -- allowed
MERGE INTO gold.daily t USING silver.events s ON t.city = s.customer_id WHEN MATCHED THEN DELETE -- allowed
TRUNCATE TABLE gold.daily -- allowed
CREATE TABLE gold.x AS SELECT 1 -- allowed
CREATE TEMPORARY VIEW v AS SELECT 1 -- allowed
CREATE FUNCTION f AS 'java.lang.String' -- allowed
CREATE SCHEMA x LOCATION '/tmp/x' -- allowed
DROP TABLE gold.daily -- allowed
ALTER TABLE gold.daily ADD COLUMN x INT -- allowed
COMMENT ON TABLE gold.daily IS 'x' -- allowed
LOAD DATA INPATH '/etc/passwd' INTO TABLE gold.daily -- allowed
CACHE TABLE gold.daily -- allowed
ANALYZE TABLE gold.daily COMPUTE STATISTICS -- allowed
OPTIMIZE gold.daily -- allowed
VACUUM gold.daily RETAIN 0 HOURS -- allowed
RESTORE TABLE gold.daily TO VERSION AS OF 0 -- allowed
DESCRIBE DETAIL delta.`/tmp` -- allowed
SET spark.sql.runSQLOnFiles=true -- allowed
SET -- allowed
RESET -- allowed
SET TIME ZONE LOCAL -- allowed
SET CATALOG spark_catalog -- allowed
ADD JAR /tmp/x.jar -- allowed
LIST JARS -- allowed
SHOW CREATE TABLE gold.daily -- allowed
EXPLAIN EXTENDED CREATE TABLE gold.x AS SELECT 1 -- allowed
EXPLAIN EXPLAIN SELECT 1 -- allowed
SELECT 1; DROP TABLE gold.daily -- extra input 'DROP'
SELECT * FROM delta.`/tmp` -- table
SELECT * FROM text.`/etc/passwd` -- table
SELECT * FROM parquet.`/tmp` -- table
SELECT (SELECT max(value) FROM text.`/etc/passwd`) -- table
WITH x AS (SELECT * FROM csv.`/etc/passwd`) SELECT * FROM x -- table
EXPLAIN SELECT * FROM text.`/etc/passwd` -- table
DESCRIBE delta.`/tmp` -- table
SELECT * FROM bronze.events -- table
SELECT * FROM quarantine.events -- table
SELECT * FROM silver.customers_history -- silver.customers has its current rows
SELECT * FROM IDENTIFIER('text.`/etc/passwd`') -- IDENTIFIER(…) hides what is read
SELECT * FROM gold.daily VERSION AS OF 0 -- another version of a table
SELECT reflect('java.lang.System', 'getenv', 'SECRET') -- function
SELECT city FROM gold.daily WHERE city = java_method('java.lang.System', 'getProperty', 'user.home') -- function
SELECT input_file_name() FROM gold.daily -- function
SELECT system.builtin.reflect('java.lang.System', 'getenv', 'SECRET') -- function
SELECT * FROM gold.daily LATERAL VIEW reflect('java.lang.System', 'getenv', 'SECRET') v AS x -- function
SELECT TRANSFORM(city) USING 'cat' AS (x STRING) FROM gold.daily -- TRANSFORM … USING runs a program
SELECT * FROM table_changes('gold.daily', 0) -- the table function table_changes is not supported
SELECT * FROM table_changes_by_path('/tmp', 0) -- the table function table_changes_by_path is not supported
USE spark_catalog.gold -- there is no schema spark_catalog.gold
DESCRIBE HISTORY delta.`/tmp` -- allowed
