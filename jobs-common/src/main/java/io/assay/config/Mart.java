package io.assay.config;

import io.assay.contract.Contract;
import io.assay.document.Setting;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * One folder under {@code marts/}.
 *
 * @param name the folder's name; names {@code gold.X}
 * @param folder absolute
 * @param sql the text of {@code mart.sql}
 * @param inputs the tables the query reads, by their public names
 */
public record Mart(
    String name,
    Path folder,
    String sql,
    Set<TableName> inputs,
    MartPipeline pipeline,
    Contract contract) {

  /** {@code pipeline.yaml} of a mart; it may be absent. */
  public record MartPipeline(
      @Setting("Columns that the mart's files are clustered by, at most four.")
          List<String> clusterBy,
      @Setting(
              "When a scheduler is to start its job, in the business zone: hourly, daily, weekly,"
                  + " monthly, or the five fields of cron. plan --json tells it.")
          Optional<Schedule> schedule,
      @Setting("That assay stream computes it anew when a table that it reads has changed.")
          Optional<Continuous> continuous) {
    public static final MartPipeline DEFAULT =
        new MartPipeline(List.of(), Optional.empty(), Optional.empty());
  }
}
