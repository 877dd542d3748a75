package io.assay.bench.gold;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.sun.management.OperatingSystemMXBean;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.config.Mart.Incremental;
import io.assay.config.Project;
import io.assay.contract.ContractColumn;
import io.assay.gold.MartJob;
import io.assay.job.JobContext;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A mart of the shop twice, over the same inputs: always from changes, and never. */
final class MartPair {
  private static final String WHOLE = "_in_full";

  private final SparkSession spark;
  private final Project project;
  private final String name;
  private int runs;

  MartPair(SparkSession spark, Project shop, Warehouse warehouse, String name) {
    this.spark = spark;
    this.name = name;
    Map<String, Mart> marts = new HashMap<>();
    Mart mart = shop.marts().get(name);
    marts.put(name, variant(mart, name, Incremental.STRICT));
    marts.put(name + WHOLE, variant(mart, name + WHOLE, Incremental.NEVER));
    this.project =
        new Project(
            shop.root(),
            shop.environment(),
            warehouse,
            shop.settings(),
            shop.datasets(),
            marts,
            shop.functions());
  }

  private static Mart variant(Mart mart, String name, Incremental incremental) {
    return new Mart(
        name,
        mart.folder(),
        mart.sql(),
        mart.inputs(),
        new Mart.MartPipeline(
            mart.pipeline().clusterBy(),
            mart.pipeline().schedule(),
            mart.pipeline().continuous(),
            incremental,
            1,
            mart.pipeline().windows(),
            Map.of()),
        mart.contract());
  }

  String name() {
    return name;
  }

  /**
   * What one run of the mart took, and said.
   *
   * @param processor seconds of all cores; tells more than the clock where the machine is shared
   */
  record Took(double seconds, double processor, BatchResult result) {
    String note() {
      return String.join("; ", result.notes());
    }

    @Override
    public String toString() {
      return "%.2f s, %.2f of processor".formatted(seconds, processor);
    }
  }

  /** One run of both. */
  record Both(Took fromChanges, Took inFull) {}

  /**
   * Runs both, and compares what they have made.
   *
   * @param wholeFirst whether the one that is computed in full comes first, and finds files that
   *     nobody has read
   * @throws IllegalStateException if they hold other rows
   */
  Both run(boolean wholeFirst) {
    Took first = run(wholeFirst ? name + WHOLE : name);
    Took second = run(wholeFirst ? name : name + WHOLE);
    List<Object> changed = content(name);
    List<Object> whole = content(name + WHOLE);
    if (!changed.equals(whole)) {
      throw new IllegalStateException(
          "%s holds %s from changes, %s in full".formatted(name, changed, whole));
    }
    return wholeFirst ? new Both(second, first) : new Both(first, second);
  }

  /**
   * Runs the one that is kept from changes when nothing has changed.
   *
   * @throws IllegalStateException if it does anything
   */
  Took idle() {
    long before = version();
    Took took = run(name);
    if (took.result().outcome() != Outcome.UNCHANGED || version() != before) {
      throw new IllegalStateException("nothing had changed, and yet: " + took.result());
    }
    return took;
  }

  private long version() {
    return new TableLog(spark, project.warehouse(), TableName.gold(name)).state().version();
  }

  private Took run(String mart) {
    runs++;
    JobContext context =
        new JobContext(
            spark,
            project,
            Clock.systemUTC(),
            "bench-%04d".formatted(runs),
            CommitSeam.DIRECT,
            Decision.NONE);
    // What one run leaves behind is not the next one's to clean up.
    System.gc();
    long start = System.nanoTime();
    long processor = processorTime();
    BatchResult result = new MartJob(project.marts().get(mart)).run(context);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (result.outcome() == Outcome.HELD) {
      throw new IllegalStateException(result.toString());
    }
    return new Took(seconds, (processorTime() - processor) / 1e9, result);
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** How many rows, and the sum of their hashes. */
  private List<Object> content(String mart) {
    Dataset<Row> rows = new TableCatalog(spark, project.warehouse()).read(TableName.gold(mart));
    Column[] columns =
        project.marts().get(mart).contract().columns().stream()
            .map(ContractColumn::name)
            .map(rows::col)
            .toArray(Column[]::new);
    Row sums = rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38, 0)"))).first();
    return List.of(sums.getLong(0), sums.getDecimal(1));
  }
}
