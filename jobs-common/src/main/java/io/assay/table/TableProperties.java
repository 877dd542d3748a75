package io.assay.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The Delta properties that Assay's tables are created with; the one place that chooses them.
 * Nothing here raises the reader version above 1, so that other engines can read the tables.
 */
public final class TableProperties {
  private static final String STATISTICS_COLUMNS = "delta.dataSkippingStatsColumns";
  private static final String CHANGE_FEED = "delta.enableChangeDataFeed";
  private static final String CHECKPOINT_INTERVAL = "delta.checkpointInterval";

  /**
   * Commits from one checkpoint to the next of a table that batches append to; Delta's default is
   * 10. A checkpoint names every file of the table, so it takes the longer the more the table
   * holds, and the batch that makes it waits. Who appends, or reads what a version added, needs
   * none.
   */
  private static final String APPENDS_PER_CHECKPOINT = "100";

  /** The properties that are chosen here, and may be changed or removed by a later version. */
  static final Set<String> OWNED = Set.of(STATISTICS_COLUMNS);

  /** As many as Delta takes by default. */
  private static final int MOST_STATISTICS_COLUMNS = 32;

  private TableProperties() {}

  /**
   * The properties of a bronze table. Silver reads what each version added, from the log, however
   * far it is behind. So the log is kept; and statistics of columns would serve nobody, and would
   * spell out personal values in the log. How many rows a file has is kept all the same.
   */
  public static Map<String, String> landing() {
    return Map.of(
        "delta.appendOnly",
        "true",
        "delta.logRetentionDuration",
        "interval 36500 days",
        CHECKPOINT_INTERVAL,
        APPENDS_PER_CHECKPOINT,
        STATISTICS_COLUMNS,
        RowColumns.INGESTED_AT);
  }

  /**
   * The properties for a table with this schema, as {@code DataFrameWriter} options and as entries
   * of {@code TBLPROPERTIES} alike. They count when the table is created; on later writes Delta
   * passes over them.
   *
   * <p>File statistics stand in the log in plain text. So where a table has personal columns the
   * columns with statistics are listed, and those are not among them.
   *
   * @param personal the top-level columns that hold personal data, in whatever form
   */
  public static Map<String, String> of(StructType schema, Set<String> personal) {
    if (personal.isEmpty()) {
      return Map.of();
    }
    return statisticsOf(
        Arrays.stream(schema.fields())
            .filter(field -> !personal.contains(field.name()))
            .filter(field -> !(field.dataType() instanceof StructType)));
  }

  /**
   * As above, for a table whose files are pruned by some columns: these alone have statistics.
   * Others would cost time at every write, and the log their space.
   *
   * @param pruned top-level columns, none of them personal; of a struct, its fields are meant
   */
  public static Map<String, String> of(StructType schema, List<String> pruned) {
    return statisticsOf(pruned.stream().map(schema::apply));
  }

  /**
   * The same for a table that is only appended to.
   *
   * @param properties what else it has
   */
  public static Map<String, String> appended(Map<String, String> properties) {
    Map<String, String> appended = new HashMap<>(properties);
    appended.put(CHECKPOINT_INTERVAL, APPENDS_PER_CHECKPOINT);
    return appended;
  }

  /**
   * The same for a table that rows are replaced in and marts follow: each commit keeps the rows
   * that it took away and those that it brought. What is only appended to needs none of this.
   *
   * @param properties what else it has
   */
  public static Map<String, String> followed(Map<String, String> properties) {
    Map<String, String> followed = new HashMap<>(properties);
    followed.put(CHANGE_FEED, "true");
    return followed;
  }

  /** Whether a table with this metadata is followed. */
  static boolean isFollowed(Metadata metadata) {
    return metadata.configuration().get(CHANGE_FEED).contains("true");
  }

  private static Map<String, String> statisticsOf(Stream<StructField> fields) {
    String columns =
        fields
            .flatMap(field -> statisticsColumns("", field).stream())
            .limit(MOST_STATISTICS_COLUMNS)
            .collect(Collectors.joining(","));
    return Map.of(STATISTICS_COLUMNS, columns);
  }

  private static List<String> statisticsColumns(String parent, StructField field) {
    String name = parent + "`" + field.name().replace("`", "``") + "`";
    if (field.dataType() instanceof StructType struct) {
      List<String> columns = new ArrayList<>();
      for (StructField nested : struct.fields()) {
        columns.addAll(statisticsColumns(name + ".", nested));
      }
      return columns;
    }
    return hasStatistics(field.dataType()) ? List.of(name) : List.of();
  }

  /** Delta refuses a list that names a column of any other type. */
  private static boolean hasStatistics(DataType type) {
    return type instanceof NumericType
        || type instanceof StringType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }
}
