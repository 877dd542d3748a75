package io.assay.app.operate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What lies in quarantine and why. Released rows are left out. */
public final class QuarantineView {
  private static final String NOT_RELEASED = "released_batch IS NULL";

  private final SparkSession spark;
  private final Project project;

  public QuarantineView(SparkSession spark, Project project) {
    this.spark = spark;
    this.project = project;
  }

  /** How many rows of a dataset broke a rule; a row that broke several counts for each. */
  public record RuleCount(String dataset, String rule, long rows) {}

  /**
   * One row, with what is personal masked.
   *
   * @param reasons rule and message
   * @param source file and ordinal, or wherever it came from
   * @param raw JSON of the bronze row
   */
  public record Sample(String source, List<String> reasons, String raw) {}

  /**
   * The counts of every dataset that has rows in quarantine, by dataset, the most frequent first.
   */
  public List<RuleCount> counts() {
    List<RuleCount> counts = new ArrayList<>();
    for (String dataset : project.datasets().keySet()) {
      TableLog log = log(dataset);
      TableState state = log.state();
      if (state.exists()) {
        log.read(state.version())
            .where(NOT_RELEASED)
            .select(explode(col("rules")).as("rule"))
            .groupBy(col("rule"))
            .agg(count(lit(1)).as("rows"))
            .orderBy(col("rows").desc(), col("rule"))
            .collectAsList()
            .forEach(row -> counts.add(new RuleCount(dataset, row.getString(0), row.getLong(1))));
      }
    }
    return counts;
  }

  /** The newest rows of a dataset in quarantine. */
  public List<Sample> samples(Dataset dataset, int limit) {
    TableLog log = log(dataset.name());
    TableState state = log.state();
    if (!state.exists()) {
      return List.of();
    }
    PersonalData personal = new PersonalData(dataset);
    List<Row> rows =
        log.read(state.version())
            .where(NOT_RELEASED)
            .orderBy(col("quarantined_at").desc(), col(RowColumns.SOURCE))
            .limit(limit)
            .select(
                col(RowColumns.SOURCE + ".origin"),
                col(RowColumns.SOURCE + ".position"),
                col("reasons"),
                col("raw"))
            .collectAsList();
    return rows.stream().map(row -> sample(row, personal)).toList();
  }

  private static Sample sample(Row row, PersonalData personal) {
    List<Row> broken = row.getList(2);
    List<String> reasons =
        broken.stream()
            .map(
                reason ->
                    reason.getString(0)
                        + ": "
                        + personal.message(reason.getString(1), reason.getString(2)))
            .toList();
    return new Sample(row.getString(0) + ":" + row.get(1), reasons, personal.raw(row.getString(3)));
  }

  private TableLog log(String dataset) {
    Warehouse warehouse = project.warehouse();
    return new TableLog(spark, warehouse, TableName.quarantine(dataset));
  }
}
