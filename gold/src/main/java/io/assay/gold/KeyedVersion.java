package io.assay.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.Account;
import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.batch.Verdict;
import io.assay.contract.ContractSchema;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableRewrite;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A mart whose rows of some keys are computed again, and whose other rows stay.
 *
 * @param before the mart's rows, as the contract has them
 * @param staged the query's rows of the keys
 * @param differing the keys of those rows that are not as they were
 * @param within what holds for each of their rows, by which files are left out
 * @param note what it was computed from
 */
record KeyedVersion(
    Warehouse warehouse,
    Intent intent,
    MartDefinition definition,
    Dataset<Row> before,
    StagedMart staged,
    StagedRows differing,
    Column within,
    Optional<String> note)
    implements MartVersion {
  private static final String SIGN = "_sign";
  private static final String DIFFERS = "_differs";
  private static final String COMING = "_coming";
  private static final String KEYS = "keys";
  private static final String GONE = "gone";
  private static final String CAME = "came";

  /**
   * Finds the keys whose rows are not as they were.
   *
   * @param keys that were computed again, named and typed as in the mart
   */
  static StagedRows differing(
      Path path,
      MartDefinition definition,
      Dataset<Row> before,
      StagedMart staged,
      Dataset<Row> keys) {
    Column[] key = columns(definition.key());
    Column[] all = columns(List.of(before.columns()));
    Dataset<Row> both =
        of(keys, before, definition.key())
            .withColumn(SIGN, lit(-1))
            .unionByName(staged.stored().withColumn(SIGN, lit(1)));
    Column coming = sum(when(col(SIGN).equalTo(1), 1L).otherwise(0L));
    Dataset<Row> byKey =
        InputChanges.comparable(before)
            ? both.groupBy(all)
                .agg(sum(col(SIGN)).notEqual(0).as(DIFFERS), coming.as(COMING))
                .groupBy(key)
                .agg(max(col(DIFFERS)).as(DIFFERS), sum(col(COMING)).as(COMING))
                .where(col(DIFFERS))
            : both.groupBy(key).agg(coming.as(COMING));
    List<Column> measures =
        List.of(
            count(lit(1)).as(KEYS),
            StagedRows.times(col(COMING).equalTo(0)).as(GONE),
            coalesce(sum(col(COMING)), lit(0L)).as(CAME));
    return StagedRows.write(path, byKey, measures, rows -> rows.select(key));
  }

  /** The rows whose key is among some. */
  static Dataset<Row> of(Dataset<Row> keys, Dataset<Row> rows, List<String> key) {
    return joined(keys, rows, key, "left_semi");
  }

  private static Dataset<Row> joined(
      Dataset<Row> keys, Dataset<Row> rows, List<String> key, String type) {
    Dataset<Row> renamed = keys;
    Column same = lit(true);
    for (String name : key) {
      String alias = "_key_" + name;
      renamed = renamed.withColumnRenamed(name, alias);
      same = same.and(col("`" + name + "`").eqNullSafe(col("`" + alias + "`")));
    }
    return rows.join(renamed, same, type);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
  }

  private Dataset<Row> differingKeys() {
    return differing.read(before.sparkSession());
  }

  /** The rows that come: those of a key that differs. */
  private Dataset<Row> coming() {
    return of(differingKeys(), staged.stored(), definition.key());
  }

  @Override
  public Verdict judged(MartRules rules) {
    Dataset<Row> whole =
        joined(differingKeys(), before, definition.key(), "left_anti").unionByName(coming());
    return rules.judge(staged, whole, intent.decision());
  }

  @Override
  public long rows() {
    return staged.rows();
  }

  @Override
  public boolean changes() {
    return differing.number(KEYS) > 0;
  }

  @Override
  public void publish(CommitTag tag) {
    ContractSchema schema = new ContractSchema(definition.contract());
    TableRewrite.inSession(
        before.sparkSession(),
        tag,
        session ->
            new TableRewrite(session, warehouse, intent.table())
                .commit(
                    within,
                    differing.read(session),
                    schema.described(
                        of(differing.read(session), staged.rows(session), definition.key())
                            .withColumn(RowColumns.BATCH, lit(intent.batch()))),
                    tag));
  }

  /** A row that goes without one that takes its place is an implied delete. */
  @Override
  public Account account() {
    long came = differing.number(CAME);
    long gone = differing.number(GONE);
    return new Account(staged.rows(), 0, gone, came + gone, staged.rows() - came, 0, 0, 0, 0);
  }
}
