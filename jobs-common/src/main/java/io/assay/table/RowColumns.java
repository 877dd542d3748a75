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

  /**
   * What came with a message beside its value, of type {@link #MESSAGE_TYPE}; only of sources of
   * messages.
   */
  public static final String MESSAGE = "_message";

  /** What came with a page of an API beside its text, of type {@link #PAGE_TYPE}. */
  public static final String PAGE = "_page";

  /** The batch that wrote the row; bigint, never null. */
  public static final String BATCH = "_batch";

  /**
   * The type of {@link #SOURCE}: a file, topic or endpoint, the place in it, and a message's key.
   */
  public static final StructType SOURCE_TYPE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("position", DataTypes.LongType)
          .add("key", DataTypes.StringType);

  /** The type of {@link #MESSAGE}. */
  public static final StructType MESSAGE_TYPE =
      new StructType()
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("timestamp", DataTypes.TimestampType)
          .add("timestamp_type", DataTypes.StringType)
          .add("key", DataTypes.BinaryType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  /** The type of {@link #PAGE}: the URL without secrets, and headers as they came. */
  public static final StructType PAGE_TYPE =
      new StructType()
          .add("url", DataTypes.StringType)
          .add("status", DataTypes.IntegerType)
          .add("fetched_at", DataTypes.TimestampType)
          .add("etag", DataTypes.StringType)
          .add("last_modified", DataTypes.StringType)
          .add("date", DataTypes.StringType);

  private RowColumns() {}
}
