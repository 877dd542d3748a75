/** Bytes of one text file to records, in bounded memory. Knows nothing of Spark or of tables. */
package io.assay.bronze.record;
