package io.assay.app.operate;

import io.assay.config.Dataset;
import io.assay.config.History;
import io.assay.config.Project;
import io.assay.gold.MartProof;
import io.assay.ops.AccountProof;
import io.assay.ops.Discrepancy;
import io.assay.ops.Standstill;
import io.assay.silver.history.HistoryDefinition;
import io.assay.silver.history.HistoryProof;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;

/**
 * Proves that a job's tables hold what they should: the rows that the accounts say, where history
 * is kept the versions that the events give, and in a mart what its query gives.
 */
public final class TableProof {
  private final SparkSession spark;
  private final Project project;
  private final AccountProof accounts;
  private final MartProof marts;

  public TableProof(SparkSession spark, Project project) {
    this.spark = spark;
    this.project = project;
    this.accounts = new AccountProof(spark, project.warehouse());
    this.marts = new MartProof(spark, project.warehouse());
  }

  /** Everything that is not as it should be; empty if all is well. */
  public List<Discrepancy> check(TableName job) {
    List<Discrepancy> found = new ArrayList<>(accounts.check(job));
    if (job.layer() == Layer.SILVER) {
      found.addAll(history(job, project.datasets().get(job.name())));
    }
    return found;
  }

  /**
   * Compares a mart with what its query gives over the versions of its inputs that it is made of.
   *
   * @param sample how many of its keys; empty for all
   * @param limit how many differing rows to tell
   * @return empty for another table, and for a mart of which nothing is published
   */
  public Optional<MartProof.Result> recomputed(TableName job, OptionalInt sample, int limit) {
    return job.layer() == Layer.GOLD
        ? marts.compare(project.marts().get(job.name()), sample, limit)
        : Optional.empty();
  }

  private List<Discrepancy> history(TableName job, Dataset dataset) {
    History history = dataset.pipeline().history();
    if (history.keep() == History.Keep.NONE) {
      return List.of();
    }
    HistoryDefinition definition = DatasetHistory.definition(spark, project, dataset);
    Standstill still =
        Standstill.of(
            spark, project.warehouse(), job, List.of(definition.events(), definition.stored()));
    TableState events = still.state(definition.events());
    TableState stored = still.state(definition.stored());
    if (!events.exists() && !stored.exists()) {
      return List.of();
    }
    HistoryProof proof = new HistoryProof(spark, project.warehouse(), definition);
    HistoryProof.Result result =
        events.exists() && stored.exists() ? proof.compare(events, stored) : proof.compare();
    String message =
        "the history is not what its events give: %d rows are missing, %d surplus, %d different; assay rebuild %s tells what bronze gives, and makes it anew"
            .formatted(result.missing(), result.surplus(), result.different(), job);
    return result.batches().stream()
        .map(batch -> new Discrepancy(definition.stored(), batch, message))
        .toList();
  }
}
