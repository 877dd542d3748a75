package io.assay.bench.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.amazon.deequ.checks.CheckStatus;
import com.amazon.deequ.constraints.Constraint;
import io.assay.bench.OrderColumn;
import io.assay.bench.quality.OrderRules.BatchCheck;
import io.assay.table.Layer;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Nil$;

/**
 * The way of Deequ's documentation: the rows are cached and verified, the verdict on each row is
 * joined to it as columns, and the good and the bad rows are written apart.
 */
final class TextbookPeer extends OrderPeer {
  private static final String BATCH = "batch";

  TextbookPeer(SparkSession spark, Scenario scenario, Path bronze, Path runs) {
    super(spark, scenario, bronze, runs);
  }

  @Override
  public void run() {
    Dataset<Row> rows = OrderFeed.typed(table(Layer.BRONZE)).cache();
    try {
      Check batch = batchCheck();
      List<Check> checks = rowChecks();
      checks.add(batch);
      VerificationResult result =
          VerificationSuite.apply().onData(rows).addChecks(scala(checks)).run();
      if (!result.checkResults().apply(batch).status().equals(CheckStatus.Success())) {
        throw new IllegalStateException("the batch did not pass");
      }
      write(VerificationResult.rowLevelResultsAsDataFrame(spark(), result, rows));
    } finally {
      rows.unpersist(true);
    }
  }

  private void write(Dataset<Row> judged) {
    Column good = names().map(functions::col).reduce(Column::and).orElseThrow();
    Column[] broken = names().map(name -> when(not(col(name)), lit(name))).toArray(Column[]::new);
    append(judged.where(good).select(columns(lit(1L).as(RowColumns.BATCH))), Layer.SILVER);
    append(
        judged
            .where(not(good))
            .select(columns(array_compact(array(broken)).as(QuarantineColumns.RULES))),
        Layer.QUARANTINE);
  }

  private static Column[] columns(Column more) {
    return Stream.concat(
            OrderColumn.ALL.stream().map(column -> col(column.name())),
            Stream.of(col(RowColumns.SOURCE), more))
        .toArray(Column[]::new);
  }

  private Stream<String> names() {
    Stream<String> names = OrderRules.ROWS.keySet().stream();
    return scenario().unique() ? Stream.concat(names, Stream.of(OrderRules.UNIQUE)) : names;
  }

  /** One for each rule, since the verdict on a row is one column for each check. */
  @SuppressWarnings("unchecked")
  private List<Check> rowChecks() {
    List<Check> checks = new ArrayList<>();
    OrderRules.ROWS.forEach(
        (name, condition) ->
            checks.add(
                check(name)
                    .satisfies(
                        condition,
                        name,
                        OrderRules.asserts(share -> true),
                        Option.empty(),
                        (scala.collection.immutable.List<String>)
                            (scala.collection.immutable.List<?>) Nil$.MODULE$,
                        Option.empty())));
    if (scenario().unique()) {
      checks.add(check(OrderRules.UNIQUE).isUnique(OrderFeed.KEY, Option.empty(), Option.empty()));
    }
    return checks;
  }

  private static Check batchCheck() {
    Check check = check(BATCH);
    for (BatchCheck rule : OrderRules.BATCH) {
      check = rule.told().apply(check);
    }
    return check;
  }

  private static Check check(String description) {
    return new Check(CheckLevel.Error(), description, TextbookPeer.<Constraint>scala(List.of()));
  }

  private static <T> Seq<T> scala(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }
}
