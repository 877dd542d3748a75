/** Databases: tables and queries, by snapshot or by watermark. */
package io.assay.bronze.jdbc;
