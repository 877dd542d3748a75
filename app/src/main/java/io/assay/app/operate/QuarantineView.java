package io.assay.app.operate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What lies in quarantine and why. */
public final class QuarantineView {
  private final SparkSession spark;
  private final Project project;
  private final Filter filter;
  private final State state;

  /** The rows of any dataset that fit the filter and are in the state. */
  public QuarantineView(SparkSession spark, Project project, Filter filter, State state) {
    this.spark = spark;
    this.project = project;
    this.filter = filter;
    this.state = state;
  }

  /** What became of a row in quarantine. */
  public enum State {
    /** It is still there. */
    OPEN,
    /** A replay took it in. */
    RELEASED,
    /** Either. */
    ALL
  }

  /**
   * How many rows of a dataset broke a rule; a row that broke several counts for each.
   *
   * @param newest when the newest of them was refused
   */
  public record RuleCount(String dataset, String rule, long rows, Instant newest) {}

  /**
   * One row, with what is personal masked.
   *
   * @param reasons rule and message
   * @param source file and ordinal, or wherever it came from
   * @param batch the batch that refused it
   * @param replays how many batches have tried to take it in
   * @param releasedBatch the batch that did
   * @param raw JSON of the bronze row
   */
  public record Sample(
      String dataset,
      String source,
      List<String> reasons,
      Instant quarantinedAt,
      long batch,
      int replays,
      OptionalLong releasedBatch,
      String raw) {}

  /** The counts, by dataset, the most frequent rule first; a rule that is asked for alone. */
  public List<RuleCount> counts(Collection<Dataset> datasets) {
    List<RuleCount> counts = new ArrayList<>();
    for (Dataset dataset : datasets) {
      rows(dataset)
          .ifPresent(
              rows ->
                  rows.select(
                          explode(col(QuarantineColumns.RULES)).as("rule"),
                          col(QuarantineColumns.QUARANTINED_AT))
                      .where(filter.rule().map(col("rule")::equalTo).orElse(lit(true)))
                      .groupBy(col("rule"))
                      .agg(
                          count(lit(1)).as("rows"),
                          max(QuarantineColumns.QUARANTINED_AT).as("newest"))
                      .orderBy(col("rows").desc(), col("rule"))
                      .collectAsList()
                      .forEach(row -> counts.add(ruleCount(dataset, row))));
    }
    return counts;
  }

  private static RuleCount ruleCount(Dataset dataset, Row row) {
    return new RuleCount(
        dataset.name(), row.getString(0), row.getLong(1), row.getTimestamp(2).toInstant());
  }

  /**
   * The newest rows.
   *
   * @param limit how many of each dataset
   */
  public List<Sample> samples(Collection<Dataset> datasets, int limit) {
    List<Sample> samples = new ArrayList<>();
    for (Dataset dataset : datasets) {
      PersonalData personal = new PersonalData(dataset);
      rows(dataset)
          .ifPresent(
              rows ->
                  rows.orderBy(col(QuarantineColumns.QUARANTINED_AT).desc(), col(RowColumns.SOURCE))
                      .limit(limit)
                      .select(
                          col(RowColumns.SOURCE + ".origin"),
                          col(RowColumns.SOURCE + ".position"),
                          col(QuarantineColumns.REASONS),
                          col(QuarantineColumns.QUARANTINED_AT),
                          col(RowColumns.BATCH),
                          col(QuarantineColumns.REPLAYS),
                          col(QuarantineColumns.RELEASED_BATCH),
                          col(QuarantineColumns.RAW))
                      .collectAsList()
                      .forEach(row -> samples.add(sample(dataset, row, personal))));
    }
    return samples;
  }

  private static Sample sample(Dataset dataset, Row row, PersonalData personal) {
    List<Row> broken = row.getList(2);
    List<String> reasons =
        broken.stream()
            .map(
                reason ->
                    reason.getString(0)
                        + ": "
                        + personal.message(reason.getString(1), reason.getString(2)))
            .toList();
    return new Sample(
        dataset.name(),
        row.getString(0) + ":" + row.get(1),
        reasons,
        row.getTimestamp(3).toInstant(),
        row.getLong(4),
        row.getList(5).size(),
        row.isNullAt(6) ? OptionalLong.empty() : OptionalLong.of(row.getLong(6)),
        personal.raw(row.getString(7)));
  }

  private Optional<org.apache.spark.sql.Dataset<Row>> rows(Dataset dataset) {
    TableLog log = new TableLog(spark, project.warehouse(), TableName.quarantine(dataset.name()));
    TableState table = log.state();
    return table.exists()
        ? Optional.of(log.read(table.version()).where(selected()))
        : Optional.empty();
  }

  private Column selected() {
    Column released = col(QuarantineColumns.RELEASED_BATCH);
    Column selected =
        switch (state) {
          case OPEN -> released.isNull();
          case RELEASED -> released.isNotNull();
          case ALL -> lit(true);
        };
    if (filter.rule().isPresent()) {
      selected = selected.and(array_contains(col(QuarantineColumns.RULES), filter.rule().get()));
    }
    if (filter.since().isPresent()) {
      Column since = lit(Timestamp.from(filter.since().get()));
      selected = selected.and(col(QuarantineColumns.QUARANTINED_AT).geq(since));
    }
    return selected;
  }
}
