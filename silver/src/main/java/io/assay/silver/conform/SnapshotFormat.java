package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;

import io.assay.config.Snapshot;
import io.assay.contract.ContractColumn;
import io.assay.sql.ColumnReferences;
import io.assay.sql.SqlExpressions;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A record is a row that is there when its snapshot is taken. What is not there any more, only the
 * snapshot as a whole tells: {@code SnapshotEvents} adds it.
 */
final class SnapshotFormat implements EventFormat {
  private static final String TOLD = "__taken_told";
  private static final String TAKEN_AT = "__taken_at";
  private static final ContractColumn TIME =
      new ContractColumn(
          Snapshot.TAKEN_AT,
          Optional.empty(),
          DataTypes.TimestampType,
          true,
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  private final CleanConfiguration configuration;
  private final EventFormat rows;

  SnapshotFormat(CleanConfiguration configuration) {
    this.configuration = configuration;
    this.rows = PlainFormat.of(configuration);
  }

  @Override
  public Dataset<Row> events(Dataset<Row> bronze, SourceView source) {
    Dataset<Row> events = rows.events(bronze, source);
    Optional<Column> told = takenAt(source);
    if (told.isEmpty()) {
      return events;
    }
    Dataset<Row> timed = new Selection(configuration).with(events, Map.of(TOLD, told.get()));
    StrictCast time =
        StrictCast.of(
            col(TOLD), timed.schema().apply(TOLD).dataType(), TIME, configuration.timezone());
    return timed.withColumn(TAKEN_AT, time.value());
  }

  private Optional<Column> takenAt(SourceView source) {
    return configuration
        .snapshot()
        .takenAt()
        .map(
            text ->
                ColumnReferences.replaced(
                    SqlExpressions.column(text, configuration.functions()),
                    parts -> Optional.of(source.reference(parts))));
  }

  @Override
  public StructType shape(StructType bronze) {
    return rows.shape(bronze);
  }

  /** What tells the time is known to us, even if the contract does not have it. */
  @Override
  public SourceView source(StructType bronze) {
    SourceView source = rows.source(bronze);
    takenAt(source);
    return source;
  }

  @Override
  public Optional<Column> position(String name) {
    return time(name);
  }

  @Override
  public Optional<Column> time(String name) {
    return name.equals(Snapshot.TAKEN_AT) ? Optional.of(col(TAKEN_AT)) : Optional.empty();
  }
}
