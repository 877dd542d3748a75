package io.assay.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The smallest honest work: numbers go on to silver, those over a configured limit to quarantine;
 * more than two such hold.
 */
public final class CopyWork implements BatchWork {
  public static final TableName IN = TableName.bronze("numbers");
  public static final TableName OUT = TableName.silver("numbers");
  public static final TableName BAD = TableName.quarantine("numbers");

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final long limit;
  int staged;

  /** Comes to pass when a commit is under way and its rows are not written yet. */
  Runnable meanwhile = () -> {};

  public CopyWork(SparkSession spark, Warehouse warehouse, long limit) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.limit = limit;
  }

  @Override
  public TableName table() {
    return OUT;
  }

  @Override
  public List<BatchStep.Target> targets() {
    return List.of(new BatchStep.Target("QUARANTINE", BAD), new BatchStep.Target("SILVER", OUT));
  }

  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    long after = last.map(input -> ((BatchInput.Tables) input).ranges().get(0).upTo()).orElse(-1L);
    return new TableLog(spark, warehouse, IN)
        .next(after, 5)
        .map(range -> new BatchInput.Tables(List.of(range)));
  }

  @Override
  public Map<TableName, TableState> pins() {
    return Map.of();
  }

  @Override
  public JsonNode configuration() {
    return LedgerJson.tree(Map.of("limit", limit));
  }

  @Override
  public BatchAttempt attempt(Intent intent) {
    return new Attempt(intent);
  }

  private final class Attempt implements BatchAttempt {
    private final Intent intent;
    private final Dataset<Row> good;
    private final Dataset<Row> bad;
    private long goodRows;
    private long badRows;

    Attempt(Intent intent) {
      this.intent = intent;
      TableRange range = ((BatchInput.Tables) intent.input()).ranges().get(0);
      Dataset<Row> rows = new TableLog(spark, warehouse, IN).read(range);
      long intended = intent.configuration().path("limit").asLong();
      boolean reject = intent.decision().rejection().isPresent();
      this.good = rows.where(reject ? lit(false) : col("id").leq(intended));
      this.bad = rows.where(reject ? lit(true) : col("id").gt(intended));
    }

    @Override
    public Verdict stage() {
      staged++;
      goodRows = good.count();
      badRows = bad.count();
      boolean hold =
          badRows > 2
              && intent.decision().rejection().isEmpty()
              && !intent.decision().accepted().containsKey("gate");
      return hold
          ? new Verdict(List.of(new Hold("gate", badRows + " bad numbers")), List.of(), List.of())
          : Verdict.PASS;
    }

    @Override
    public List<BatchStep> steps() {
      List<BatchStep> steps = new ArrayList<>();
      if (badRows > 0) {
        steps.add(step("QUARANTINE", BAD, bad));
      }
      if (goodRows > 0) {
        steps.add(step("SILVER", OUT, good));
      }
      return steps;
    }

    private BatchStep step(String name, TableName table, Dataset<Row> rows) {
      return new BatchStep(
          name,
          table,
          tag -> {
            meanwhile.run();
            rows.withColumn("_batch", lit(intent.batch()))
                .write()
                .format("delta")
                .mode("append")
                .options(tag.writerOptions())
                .save(warehouse.path(table).toString());
          });
    }

    @Override
    public Account account() {
      return new Account(goodRows + badRows, 0, 0, goodRows, 0, 0, 0, badRows, 0);
    }

    @Override
    public void close() {}
  }
}
