package io.assay.gold.publish;

import org.apache.spark.sql.types.DataType;

/**
 * A column that goes out.
 *
 * @param name there
 * @param column the mart's
 * @param keyPosition in the key, from 1; 0 if it is no part of it
 */
record PublishedColumn(String name, String column, DataType type, int keyPosition) {}
