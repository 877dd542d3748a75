package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.BatchLedger;
import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.config.Mart.Incremental;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.incremental.KeyBounds;
import io.assay.gold.incremental.MaintainedQuery;
import io.assay.job.Units;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tries to make a mart's next version from the changes of its inputs. */
final class Increment {
  private static final String KEYS = "keys";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final MartDefinition definition;
  private final StagingFolder staging;
  private Optional<String> reason = Optional.empty();

  Increment(
      SparkSession spark,
      Warehouse warehouse,
      Intent intent,
      MartDefinition definition,
      StagingFolder staging) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.definition = definition;
    this.staging = staging;
  }

  /**
   * The version; empty if it has to be computed in full, for a {@link #reason}.
   *
   * @param result the mart's query over the pinned inputs
   * @throws AssayException with exit code 4 if the mart is to be strict and its query cannot be
   *     maintained
   */
  Optional<KeyedVersion> version(Dataset<Row> result, ContractFit fit) {
    if (definition.maintenance().incremental() == Incremental.NEVER) {
      return Optional.empty();
    }
    MaintainedQuery query =
        MaintainedQuery.of(result.queryExecution().analyzed(), definition.key());
    List<String> obstacles = query.obstacles();
    if (!obstacles.isEmpty() && definition.maintenance().incremental() == Incremental.STRICT) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "%s is incremental: strict, and its query cannot be maintained: %s"
              .formatted(intent.table(), String.join("; ", obstacles)));
    }
    BatchLedger ledger = BatchLedger.of(spark, warehouse, intent.table());
    Optional<MartBase> base = MartBase.of(ledger, intent);
    if (base.isEmpty() || !obstacles.isEmpty()) {
      return Optional.empty();
    }
    return unfit(base.get()) ? Optional.empty() : changed(query, fit);
  }

  /** Why it is computed in full; empty if that goes without saying. */
  Optional<String> reason() {
    return reason.map(text -> "computed in full: " + text);
  }

  private boolean unfit(MartBase base) {
    if (!base.sameDefinition(intent)) {
      reason = Optional.of("its query or its contract is another than before");
    } else if (!base.stands(spark, warehouse, intent)) {
      reason = Optional.of("somebody else has changed " + intent.table());
    }
    return reason.isPresent();
  }

  private Optional<KeyedVersion> changed(MaintainedQuery query, ContractFit fit) {
    InputChanges changes = new InputChanges(new TableCatalog(spark, warehouse), staging);
    reason = changes.take(intent.input().ranges(), query.columns());
    if (reason.isPresent()) {
      return Optional.empty();
    }
    Dataset<Row> touched = query.affected(spark, changes.rows());
    List<Column> measures = new ArrayList<>(KeyBounds.measures(touched.schema()));
    measures.add(count(lit(1)).as(KEYS));
    StagedRows keys = StagedRows.write(staging.file("keys"), touched, measures, rows -> rows);
    long affected = keys.number(KEYS);
    TableLog mart = new TableLog(spark, warehouse, intent.table());
    long version = intent.pinned(intent.table()).version();
    long rows = mart.rows(version);
    if (!definition.maintenance().allows(affected, rows)) {
      reason =
          Optional.of(
              "%s of %d may have changed (changed rows: %s)"
                  .formatted(Units.count(affected, "key"), rows, changes.told()));
      return Optional.empty();
    }
    String note =
        "incremental: %s of %d (changed rows: %s)"
            .formatted(Units.count(affected, "key"), rows, changes.told());
    return Optional.of(computed(query, fit, keys, mart.read(version), note));
  }

  private KeyedVersion computed(
      MaintainedQuery query, ContractFit fit, StagedRows keys, Dataset<Row> mart, String note) {
    KeyBounds bounds = KeyBounds.of(keys.schema(), keys.measured());
    Dataset<Row> before =
        mart.select(columns(definition.contract().columns().stream().map(ContractColumn::name)));
    StagedMart staged =
        StagedMart.write(
            query.restricted(spark, keys.read(spark), bounds), fit, staging.file("rows"));
    StagedRows differing =
        KeyedVersion.differing(
            staging.file("differing"),
            definition,
            before.where(within(bounds, definition.contract().key())),
            staged,
            typed(keys.read(spark)));
    return new KeyedVersion(
        warehouse,
        intent,
        definition,
        before,
        staged,
        differing,
        within(bounds, spelledOut()),
        Optional.of(note));
  }

  /** Literals of a commit's condition stand in the table's history. */
  private List<ContractColumn> spelledOut() {
    return definition.contract().key().stream().filter(column -> !column.personal()).toList();
  }

  /** What holds for all rows of the mart with such a key, by some of the key's columns. */
  private Column within(KeyBounds bounds, List<ContractColumn> columns) {
    List<ContractColumn> key = definition.contract().key();
    return columns.stream()
        .flatMap(
            column ->
                bounds
                    .of(key.indexOf(column), col("`" + column.name() + "`"), column.type())
                    .stream())
        .reduce(lit(true), (one, other) -> one.and(other));
  }

  private static Column[] columns(Stream<String> names) {
    return names.map(name -> col("`" + name + "`")).toArray(Column[]::new);
  }

  /** The keys as the mart has them. */
  private Dataset<Row> typed(Dataset<Row> keys) {
    List<ContractColumn> key = definition.contract().key();
    Column[] typed = new Column[key.size()];
    for (int i = 0; i < typed.length; i++) {
      typed[i] =
          expr("try_cast(%s AS %s)"
                  .formatted(MaintainedQuery.keyColumn(i), key.get(i).type().sql()))
              .as(key.get(i).name());
    }
    return keys.select(typed);
  }
}
