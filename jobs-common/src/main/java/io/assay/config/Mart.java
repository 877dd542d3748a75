package io.assay.config;

import io.assay.contract.Contract;
import io.assay.document.Setting;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
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

  /** The inputs whose changes are a reason to compute it: of windows the events alone. */
  public Set<TableName> followed() {
    return pipeline.windows().map(windows -> Set.of(windows.of())).orElse(inputs);
  }

  /** {@code pipeline.yaml} of a mart; it may be absent. */
  public record MartPipeline(
      @Setting("Columns that the mart's files are clustered by, at most four.")
          List<String> clusterBy,
      @Setting(
              "When a scheduler is to start its job, in the business zone: hourly, daily, weekly,"
                  + " monthly, or the five fields of cron. plan --json tells it.")
          Optional<Schedule> schedule,
      @Setting("That assay stream computes it anew when a table that it reads has changed.")
          Optional<Continuous> continuous,
      @Setting(
              value =
                  "Whether only those keys are computed again that changes of its inputs may have"
                      + " touched. auto: where the query allows it, and plan says why where it does"
                      + " not; strict: validate refuses a query that does not; never: it is always"
                      + " computed in full.",
              otherwise = "auto")
          Incremental incremental,
      @Setting(
              value =
                  "The share of the mart's rows, from 0 to 1, above which so many keys are touched"
                      + " that all of it is computed. 1 switches this off.",
              otherwise = "0.5")
          double fullAbove,
      @Setting(
              "That its rows are closed windows of a table that is only appended to. They are added"
                  + " once no event is waited for any more, and never change. The query groups by"
                  + " window() or session_window() and returns the end of the window.")
          Optional<Windows> windows,
      @Setting(
              "Copies of the mart outside of the warehouse that are kept up to date, by the names of"
                  + " their jobs, publish.NAME. Each name is there once in a project.")
          Map<String, Publication> publish) {
    public static final MartPipeline DEFAULT =
        new MartPipeline(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Incremental.AUTO,
            0.5,
            Optional.empty(),
            Map.of());

    public MartPipeline {
      if (fullAbove < 0 || fullAbove > 1) {
        throw new IllegalArgumentException("full_above must be from 0 to 1");
      }
    }
  }

  /** Whether a mart is computed from the changes of its inputs. */
  public enum Incremental {
    /** Where its query allows it. */
    AUTO,
    /** Always; a query that does not allow it is refused. */
    STRICT,
    /** Never. */
    NEVER
  }
}
