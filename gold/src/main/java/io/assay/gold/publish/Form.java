package io.assay.gold.publish;

import java.util.List;
import org.apache.spark.sql.Column;

/**
 * How a destination wants rows: texts, of which a null is a null.
 *
 * @param key what names a row; at least one
 * @param values the rest of the row; may be empty
 */
record Form(List<Column> key, List<Column> values) {}
