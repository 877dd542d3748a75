package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Account;
import io.assay.batch.Intent;
import io.assay.batch.Verdict;
import io.assay.contract.ContractSchema;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableOverwrite;
import io.assay.table.TableProperties;
import io.assay.table.Warehouse;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All of a mart, computed from its inputs as they are.
 *
 * @param note why it is not made of what changed; empty if that goes without saying
 */
record WholeVersion(
    Warehouse warehouse,
    Intent intent,
    MartDefinition definition,
    StagedMart staged,
    Optional<String> note)
    implements MartVersion {
  private static final long ROWS_OF_A_FILE = 100_000;
  private static final long MOST_FILES = 64;

  @Override
  public Verdict judged(MartRules rules) {
    return rules.judge(staged, intent.decision());
  }

  @Override
  public long rows() {
    return staged.rows();
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public void publish(CommitTag tag) {
    ContractSchema schema = new ContractSchema(definition.contract());
    Dataset<Row> published =
        schema.described(
            clustered(staged.stored()).withColumn(RowColumns.BATCH, lit(intent.batch())));
    new TableOverwrite(published.sparkSession(), warehouse, intent.table())
        .commit(
            published,
            definition.contract().description(),
            TableProperties.followed(TableProperties.of(published.schema(), schema.personal())),
            tag);
  }

  /**
   * Delta's own clustering orders files only when OPTIMIZE runs; a table that is written whole each
   * time is better ordered as it is written. A later change writes the files again that it touches,
   * so there are several.
   */
  private Dataset<Row> clustered(Dataset<Row> rows) {
    if (definition.clusterBy().isEmpty()) {
      return rows;
    }
    Column[] columns =
        definition.clusterBy().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    long files = Math.min(MOST_FILES, 1 + staged.rows() / ROWS_OF_A_FILE);
    return rows.repartitionByRange((int) files, columns).sortWithinPartitions(columns);
  }

  @Override
  public Account account() {
    return Account.appended(staged.rows());
  }
}
