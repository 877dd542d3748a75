package io.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Replaces and adds rows of a table in one commit: what {@code MERGE} does, for who already knows
 * which rows. {@code MERGE} joins the table twice and shuffles it once to find that out; this reads
 * the touched files once and writes them again, without a shuffle.
 */
public final class TableRewrite {
  /** So few files are written again whole, rather than searched first for those to be left. */
  private static final int FEW = 8;

  private static final String FILE = "__file";
  private static final String GOES = "__goes";

  /** Delta's name for what a row of the change feed is; rows of the table itself have none. */
  private static final String CHANGE = "_change_type";

  private static final Column NO_CHANGE = lit(null).cast("string");

  private final TableName table;
  private final DeltaLog log;

  /**
   * @param spark the session that {@link #inSession} gives
   */
  public TableRewrite(SparkSession spark, Warehouse warehouse, TableName table) {
    this.table = table;
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
  }

  /**
   * Gives a commit a session of its own: settings of a session count for all its statements, and
   * these are for this one alone.
   */
  public static void inSession(SparkSession spark, CommitTag tag, Consumer<SparkSession> commit) {
    SparkSession session = spark.cloneSession();
    tag.sessionSettings().forEach((key, value) -> session.conf().set(key, value));
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    try {
      commit.accept(session);
    } finally {
      if (active.isDefined()) {
        SparkSession.setActiveSession(active.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  /**
   * Does the commit, unless the log says that the tag's batch was committed before.
   *
   * @param within what holds for all rows that may be replaced: a condition on the table's columns
   *     and literals alone, by which files are pruned
   * @param replaced which of these rows go: some of the table's columns and their values; a null
   *     names the rows that have one
   * @param rows the rows that come. The table gains the columns it does not have
   * @throws AssayException if a column has another type than in the table
   */
  public void commit(Column within, Dataset<Row> replaced, Dataset<Row> rows, CommitTag tag) {
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    if (CommittedBatches.hold(transaction, tag)) {
      return;
    }
    evolve(transaction, rows.schema());
    Snapshot snapshot = transaction.snapshot();
    Expression condition = resolved(snapshot, within);
    // A conjunct prunes by partition only if it stands alone.
    Seq<AddFile> candidates = transaction.filterFiles(scala(conjuncts(condition)), false);
    List<AddFile> files = touched(snapshot, JavaConverters.seqAsJavaList(candidates), replaced);
    Column[] columns =
        Arrays.stream(transaction.metadata().schema().fieldNames())
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    Dataset<Row> stored = read(snapshot, files);
    Dataset<Row> written =
        TableProperties.isFollowed(transaction.metadata())
            ? withChanges(stored, replaced, rows, columns)
            : joined(stored, replaced, "left_anti").unionByName(rows, true).select(columns);
    List<Action> actions = new ArrayList<>();
    files.forEach(file -> actions.add(file.remove()));
    actions.addAll(JavaConverters.seqAsJavaList(transaction.writeFiles(written)));
    actions.add(
        new SetTransaction(
            tag.application(), tag.batch(), Option.apply(log.clock().getTimeMillis())));
    transaction.commit(scala(actions), merge(condition));
  }

  /** The table's rows, and apart from them, by what becomes of them, those that go and come. */
  private static Dataset<Row> withChanges(
      Dataset<Row> stored, Dataset<Row> replaced, Dataset<Row> rows, Column[] columns) {
    Dataset<Row> marked =
        joined(stored, replaced.distinct().withColumn(GOES, lit("delete")), "left_outer")
            .withColumnRenamed(GOES, CHANGE);
    Column[] withChange = Arrays.copyOf(columns, columns.length + 1);
    withChange[columns.length] = col(CHANGE);
    return marked
        .unionByName(rows.withColumn(CHANGE, NO_CHANGE), true)
        .unionByName(rows.withColumn(CHANGE, lit("insert")), true)
        .select(withChange);
  }

  private static DeltaOperations.Operation merge(Expression within) {
    Seq<DeltaOperations.MergePredicate> none = scala(List.of());
    return DeltaOperations.Merge$.MODULE$.apply(Option.apply(within), none, none, none);
  }

  /** Adds the columns that the table lacks, and widens those that can be widened in place. */
  private void evolve(OptimisticTransaction transaction, StructType rows) {
    Metadata now = transaction.metadata();
    Map<String, StructField> columns = new LinkedHashMap<>();
    for (StructField field : now.schema().fields()) {
      columns.put(field.name(), field);
    }
    for (StructField field : rows.fields()) {
      DataType type = field.dataType().asNullable();
      StructField known = columns.get(field.name());
      StructField column =
          known == null
              ? new StructField(field.name(), type, true, field.metadata())
              : new StructField(
                  known.name(), widened(known, type), known.nullable(), known.metadata());
      columns.put(field.name(), column);
    }
    StructType schema = new StructType(columns.values().toArray(StructField[]::new));
    if (!schema.equals(now.schema())) {
      transaction.updateMetadata(
          now.copy(
              now.id(),
              now.name(),
              now.description(),
              now.format(),
              schema.json(),
              now.partitionColumns(),
              now.configuration(),
              now.createdTime()),
          false);
    }
  }

  private DataType widened(StructField known, DataType type) {
    DataType before = known.dataType().asNullable();
    return TypeChange.inPlace(before, type)
        .map(after -> after.sameType(before) ? known.dataType() : after)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.FAILURE,
                    "%s has other types than its contract has now (%s: %s instead of %s); give a changed column a new name, or rebuild the table"
                        .formatted(
                            table, known.name(), type.simpleString(), before.simpleString())));
  }

  /** The files that hold a row to be replaced; where there are few, all of them. */
  private List<AddFile> touched(Snapshot snapshot, List<AddFile> files, Dataset<Row> replaced) {
    if (files.size() <= FEW) {
      return files;
    }
    // A file's name is unique; the folders before it are written in more than one way.
    Set<String> names =
        joined(read(snapshot, files).withColumn(FILE, input_file_name()), replaced, "left_semi")
            .select(FILE)
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> name(row.getString(0)))
            .collect(Collectors.toSet());
    return files.stream().filter(file -> names.contains(name(file.path()))).toList();
  }

  private Dataset<Row> read(Snapshot snapshot, List<AddFile> files) {
    return log.createDataFrame(snapshot, scala(files), false, Option.empty());
  }

  private static Dataset<Row> joined(Dataset<Row> rows, Dataset<Row> replaced, String type) {
    Dataset<Row> renamed = replaced;
    Column same = lit(true);
    int place = 0;
    for (String name : replaced.columns()) {
      if (!name.equals(GOES)) {
        String alias = "__replaced" + place++;
        renamed = renamed.withColumnRenamed(name, alias);
        same = same.and(col("`" + name + "`").eqNullSafe(col(alias)));
      }
    }
    return rows.join(renamed, same, type);
  }

  /** The condition, bound to the table's columns. */
  private Expression resolved(Snapshot snapshot, Column condition) {
    return ((Filter) read(snapshot, List.of()).where(condition).queryExecution().analyzed())
        .condition();
  }

  private static List<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()).stream(), conjuncts(and.right()).stream()).toList()
        : List.of(condition);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static <T> Seq<T> scala(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toSeq();
  }
}
