/** Each kind of source into bronze, beside bare Spark doing the same read and a Parquet write. */
package io.assay.bench.ingest;
