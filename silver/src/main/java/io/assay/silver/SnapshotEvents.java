package io.assay.silver;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.assay.contract.ContractColumn;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The events of a batch of snapshots: for each snapshot a truncate, and an upsert for each of its
 * rows. A row in quarantine is present, and its values are unknown. A row whose key cannot be read
 * may be any, so its snapshot deletes nothing; one that does not tell its snapshot may be of any,
 * so none of the batch deletes anything.
 */
final class SnapshotEvents {
  private static final String FILES = "files";
  private static final String BLURRED = "blurred";
  private static final String PRESENT = "present";
  private static final String FIRST = "first";

  private final CleanConfiguration configuration;
  private final StagedBatch staged;
  private final StructType sequence;

  SnapshotEvents(CleanConfiguration configuration, StagedBatch staged) {
    this.configuration = configuration;
    this.staged = staged;
    this.sequence = (StructType) staged.rows().schema().apply(EventColumns.SEQUENCE).dataType();
  }

  /** What the batch holds of each snapshot, in their order. */
  List<Part> parts() {
    List<Row> all = summary().orderBy(EventColumns.SEQUENCE).collectAsList();
    boolean anywhere = all.stream().anyMatch(row -> !isPlaced(row.getStruct(0)));
    return all.stream()
        .filter(row -> isPlaced(row.getStruct(0)))
        .map(
            row ->
                new Part(
                    row.getStruct(0),
                    row.<Long>getAs(FILES),
                    row.<Long>getAs(PRESENT),
                    !anywhere && !row.<Boolean>getAs(BLURRED)))
        .toList();
  }

  /** The accepted rows, the presences, and the truncates of those snapshots that delete. */
  Dataset<Row> events(List<Part> parts) {
    Dataset<Row> events = columns(staged.accepted(), col(EventColumns.OPERATION), true);
    if (parts.stream().anyMatch(part -> part.present() > 0)) {
      Dataset<Row> present = staged.refused().where(placed().and(not(keyless())));
      events = events.unionByName(columns(present, lit(EventColumns.PRESENT), false));
    }
    List<Part> whole = parts.stream().filter(Part::deletes).toList();
    return whole.isEmpty() ? events : events.unionByName(truncates(whole));
  }

  /** The condition that a row is of one of the snapshots. */
  static Column isOf(List<Part> parts) {
    return parts.stream()
        .map(part -> isAt(part.sequence()))
        .reduce(Column::or)
        .orElseGet(() -> lit(false));
  }

  private static Column isAt(Row sequence) {
    Column same = lit(true);
    for (String field : sequence.schema().fieldNames()) {
      same =
          same.and(
              col(EventColumns.SEQUENCE)
                  .getField(field)
                  .equalTo(lit(sequence.<Object>getAs(field))));
    }
    return same;
  }

  private Dataset<Row> summary() {
    Column quarantined = size(col(StagedBatch.VIOLATIONS)).gt(0);
    return staged
        .rows()
        .groupBy(EventColumns.SEQUENCE)
        .agg(
            count_distinct(col(RowColumns.SOURCE).getField("origin")).as(FILES),
            bool_or(keyless()).as(BLURRED),
            sum(quarantined.and(not(keyless())).cast("bigint")).as(PRESENT),
            min(struct(
                    col(RowColumns.INGESTED_AT),
                    col(RowColumns.SOURCE),
                    col(RowColumns.RUN_ID),
                    col(EventColumns.VALID_TIME)))
                .as(FIRST));
  }

  private Dataset<Row> truncates(List<Part> whole) {
    Dataset<Row> one = summary().where(isOf(whole)).select(col("*"), col(FIRST + ".*"));
    return columns(one, lit(EventColumns.TRUNCATE), false);
  }

  /**
   * Rows as the history takes them.
   *
   * @param stated whether they tell more than their key
   */
  private Dataset<Row> columns(Dataset<Row> rows, Column operation, boolean stated) {
    List<String> known = Arrays.asList(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (ContractColumn column : configuration.contract().columns()) {
      boolean kept = stated || column.keyPosition().isPresent();
      Column value = kept && known.contains(column.name()) ? col(column.name()) : lit(null);
      columns.add(value.cast(column.type()).as(column.name()));
    }
    columns.add(operation.as(EventColumns.OPERATION));
    columns.add(col(EventColumns.SEQUENCE));
    columns.add(col(EventColumns.VALID_TIME));
    columns.add(col(RowColumns.SOURCE));
    columns.add(col(RowColumns.INGESTED_AT));
    columns.add(col(RowColumns.RUN_ID));
    boolean raw = stated && known.contains(StagedBatch.RAW);
    columns.add((raw ? col(StagedBatch.RAW) : lit(null).cast("string")).as(StagedBatch.RAW));
    columns.add((raw ? col(EventColumns.ORDINAL) : lit(0)).as(EventColumns.ORDINAL));
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column keyless() {
    return configuration.contract().key().stream()
        .map(column -> col(column.name()).isNull())
        .reduce(Column::or)
        .orElseThrow();
  }

  private Column placed() {
    return Arrays.stream(sequence.fieldNames())
        .map(field -> col(EventColumns.SEQUENCE).getField(field).isNotNull())
        .reduce(Column::and)
        .orElseThrow();
  }

  private static boolean isPlaced(Row sequence) {
    return !sequence.anyNull();
  }

  /**
   * What a batch holds of one snapshot.
   *
   * @param files how many files its rows come from
   * @param present how many of its rows are in quarantine, with a key
   * @param deletes whether all keys are known, so that the others can be closed
   */
  record Part(Row sequence, long files, long present, boolean deletes) {
    /** How many events it has besides its accepted rows. */
    long added() {
      return present + (deletes ? 1 : 0);
    }

    /** Its place, for people. */
    String label() {
      return IntStream.range(0, sequence.size())
          .mapToObj(i -> sequence.get(i))
          .map(value -> value instanceof Timestamp time ? time.toInstant() : value)
          .map(String::valueOf)
          .collect(Collectors.joining(" "));
    }
  }
}
