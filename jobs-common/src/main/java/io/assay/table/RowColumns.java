package io.assay.table;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The internal columns that rows carry from bronze on. */
public final class RowColumns {
  /** Where a row came from; of type {@link #SOURCE_TYPE}, never null. */
  public static final String SOURCE = "_source";

  /** When the row landed in bronze; timestamp, never null. */
  public static final String INGESTED_AT = "_ingested_at";

  /** The run that landed the row; string, never null. */
  public static final String RUN_ID = "_run_id";

  /** Why the row could not be read as declared; string, null for a good row. */
  public static final String PROBLEM = "_problem";

  /** What was read, where {@link #PROBLEM} is set; string. */
  public static final String RAW = "_raw";

  /** JSON of what a file held beyond the declared columns; string, null where there is none. */
  public static final String RESCUED = "_rescued";

  /** A text record that silver parses: JSON, XML, a message; string. */
  public static final String VALUE = "_value";

  /** The batch that wrote the row; bigint, never null. */
  public static final String BATCH = "_batch";

  /** The type of {@link #SOURCE}: a file or topic, the place in it, and a message's key. */
  public static final StructType SOURCE_TYPE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("position", DataTypes.LongType)
          .add("key", DataTypes.StringType);

  private RowColumns() {}
}
