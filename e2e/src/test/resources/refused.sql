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
WITH x AS (SELECT 1 AS a) INSERT INTO gold.daily SELECT 'x', a FROM x -- allowed
INSERT OVERWRITE LOCAL DIRECTORY '/tmp/x' STORED AS TEXTFILE SELECT city FROM gold.daily -- allowed
EXPLAIN INSERT INTO gold.daily VALUES ('x', 1) -- allowed
EXPLAIN DELETE FROM gold.daily -- allowed
/* SELECT 1 */ DROP TABLE gold.daily -- allowed
DROP TABLE IDENTIFIER('gold.daily') -- allowed
CREATE TEMPORARY FUNCTION f AS 'x.Y' USING JAR '/tmp/x.jar' -- allowed
CREATE OR REPLACE TEMPORARY VIEW v USING text OPTIONS (path '/etc/passwd') -- allowed
CREATE TABLE x USING text LOCATION '/etc/passwd' -- allowed
CACHE LAZY TABLE x AS SELECT 1 -- allowed
CLEAR CACHE -- allowed
REFRESH TABLE gold.daily -- allowed
MSCK REPAIR TABLE gold.daily -- allowed
CONVERT TO DELTA parquet.`/tmp` -- allowed
ADD FILE /etc/passwd -- allowed
LIST FILES -- allowed
RESET spark.sql.runSQLOnFiles -- allowed
DECLARE VARIABLE x INT DEFAULT 1 -- Syntax error
SELECT /*+ BROADCAST(reflect('java.lang.System', 'getenv', 'SECRET')) */ 1 FROM gold.daily -- function
SHOW TABLE EXTENDED IN gold LIKE '*' -- allowed
SHOW TBLPROPERTIES gold.daily -- allowed
SHOW PARTITIONS gold.daily -- allowed
EXECUTE IMMEDIATE 'DROP TABLE gold.daily' -- Syntax error
SELECT 1 /* ; */; SELECT 2 -- extra input 'SELECT'
SELECT :x -- parameters
SELECT * FROM gold.daily WHERE city = ? -- parameters
SELECT * FROM json.`/etc/passwd` -- table
SELECT * FROM binaryFile.`/etc/passwd` -- table
SELECT * FROM gold.daily WHERE city IN (SELECT value FROM text.`/etc/passwd`) -- table
SELECT * FROM gold.daily JOIN LATERAL (SELECT value FROM text.`/etc/passwd`) -- table
SELECT * FROM gold.`daily@v0` -- table
SELECT * FROM silver.customers__events -- table
SELECT * FROM ops.batches -- table
TABLE bronze.events -- table
FROM text.`/etc/passwd` SELECT * -- table
SHOW COLUMNS IN bronze.events -- table
SHOW TABLES IN bronze -- there is no schema bronze
DESCRIBE SCHEMA bronze -- there is no schema bronze
USE bronze -- there is no schema bronze
USE IDENTIFIER('bronze') -- IDENTIFIER(…) hides what is read
DESCRIBE IDENTIFIER('bronze.events') -- IDENTIFIER(…) hides what is read
SELECT IDENTIFIER('reflect')('java.lang.System', 'getenv', 'SECRET') -- IDENTIFIER(…) hides what is read
SELECT try_reflect('java.lang.System', 'getenv', 'SECRET') -- there is no function try_reflect here
SELECT * FROM gold.daily ORDER BY reflect('java.lang.System', 'getenv', 'SECRET') -- function
SELECT transform(array(1), x -> reflect('java.lang.System', 'getenv', 'SECRET')) -- function
SELECT * FROM VALUES (reflect('java.lang.System', 'getenv', 'SECRET')) -- function
SELECT max(city) OVER w FROM gold.daily WINDOW w AS (ORDER BY java_method('java.lang.System', 'getenv', 'SECRET')) -- function
SELECT * FROM explode(array(reflect('java.lang.System', 'getenv', 'SECRET'))) -- function
SELECT input_file_block_start() FROM gold.daily -- function
SELECT * FROM read_files('/etc/passwd') -- the table function read_files is not supported
FROM gold.daily MAP city USING 'cat' AS x -- TRANSFORM … USING runs a program
SELECT * FROM gold.dayly -- did you mean 'gold.daily'?
SELECT * FROM gold.nothing_like_it -- known: gold.daily, silver.customers, silver.events
SELECT * FROM daly -- did you mean 'gold.daily'?
