package io.assay.gold;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.assay.batch.StagedRows;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Two sets of rows of one contract, compared by its key. */
final class RowDifferences {
  private static final String PLACE = "_place";
  private static final String THERE = "_there";
  private static final String EXPECTED = "expected_";
  private static final String FOUND = "found_";
  private static final String HIDDEN = "(personal)";

  /** Sums of floating-point numbers differ in their last digits with the order of the rows. */
  private static final double PRECISION = 1e-9;

  private final List<ContractColumn> columns;
  private final List<ContractColumn> key;
  private final Dataset<Row> joined;

  /**
   * @param expected what should be there; the contract's columns
   * @param found what is
   */
  RowDifferences(Contract contract, Dataset<Row> expected, Dataset<Row> found) {
    this.columns = contract.columns();
    this.key = contract.key().isEmpty() ? columns : contract.key();
    Column same = col(EXPECTED + PLACE).equalTo(col(FOUND + PLACE));
    for (ContractColumn column : key) {
      same = same.and(comparable(EXPECTED, column).eqNullSafe(comparable(FOUND, column)));
    }
    this.joined = side(expected, EXPECTED).join(side(found, FOUND), same, "full_outer");
  }

  /** The rows, numbered where a key has several, under names of their own. */
  private Dataset<Row> side(Dataset<Row> rows, String prefix) {
    Column[] keys = key.stream().map(column -> comparable("", column)).toArray(Column[]::new);
    Column all =
        to_json(struct(columns.stream().map(c -> quoted(c.name())).toArray(Column[]::new)));
    Dataset<Row> numbered =
        rows.withColumn(PLACE, row_number().over(Window.partitionBy(keys).orderBy(all)))
            .withColumn(THERE, lit(true));
    for (String name : numbered.columns()) {
      numbered = numbered.withColumnRenamed(name, prefix + name);
    }
    return numbered;
  }

  MartProof.Result result(long batch, int limit) {
    Column missing = col(FOUND + THERE).isNull();
    Column surplus = col(EXPECTED + THERE).isNull();
    Column different = not(missing.or(surplus)).and(differs());
    Row counts =
        joined
            .agg(
                count(col(FOUND + THERE)),
                StagedRows.times(missing),
                StagedRows.times(surplus),
                StagedRows.times(different))
            .first();
    long wrong = counts.getLong(1) + counts.getLong(2) + counts.getLong(3);
    List<MartDifference> first =
        wrong == 0 ? List.of() : first(missing.or(surplus).or(different), limit);
    return new MartProof.Result(
        batch,
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        counts.getLong(3),
        first,
        Optional.empty());
  }

  private Column differs() {
    return columns.stream().map(this::differs).reduce(Column::or).orElseThrow();
  }

  private Column differs(ContractColumn column) {
    Column expected = comparable(EXPECTED, column);
    Column found = comparable(FOUND, column);
    Column same = expected.eqNullSafe(found);
    if (column.type().equals(DataTypes.DoubleType) || column.type().equals(DataTypes.FloatType)) {
      Column close =
          abs(expected.minus(found))
              .leq(greatest(abs(expected), abs(found)).multiply(lit(PRECISION)));
      same = same.or(finite(expected).and(finite(found)).and(coalesce(close, lit(false))));
    }
    return not(same);
  }

  /** NaN and the infinities are close to nothing. */
  private static Column finite(Column value) {
    return abs(value).lt(lit(Double.POSITIVE_INFINITY));
  }

  /** A column's value, or, where its type cannot be compared, a text of it. */
  private static Column comparable(String prefix, ContractColumn column) {
    Column value = quoted(prefix + column.name());
    return column.type() instanceof MapType ? to_json(value) : value;
  }

  private List<MartDifference> first(Column wrong, int limit) {
    Column[] order =
        key.stream()
            .map(column -> coalesce(comparable(EXPECTED, column), comparable(FOUND, column)).asc())
            .toArray(Column[]::new);
    List<MartDifference> first = new ArrayList<>();
    Column[] shown = new Column[joined.columns().length];
    StructType types = joined.schema();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = quoted(types.fieldNames()[i]).cast("string").as(types.fieldNames()[i]);
    }
    Column[] differing =
        columns.stream().map(c -> differs(c).as("differs_" + c.name())).toArray(Column[]::new);
    Column[] all = Arrays.copyOf(shown, shown.length + differing.length);
    System.arraycopy(differing, 0, all, shown.length, differing.length);
    for (Row row : joined.where(wrong).orderBy(order).limit(limit).select(all).collectAsList()) {
      tell(row, first);
    }
    return first;
  }

  private void tell(Row row, List<MartDifference> first) {
    boolean missing = row.getAs(FOUND + THERE) == null;
    boolean surplus = row.getAs(EXPECTED + THERE) == null;
    SortedMap<String, String> names = new TreeMap<>();
    for (ContractColumn column : key) {
      names.put(column.name(), text(row, surplus ? FOUND : EXPECTED, column));
    }
    if (missing || surplus) {
      first.add(new MartDifference(names, "", missing ? "a row" : null, surplus ? "a row" : null));
      return;
    }
    for (ContractColumn column : columns) {
      if (row.<Boolean>getAs("differs_" + column.name())) {
        first.add(
            new MartDifference(
                names, column.name(), text(row, EXPECTED, column), text(row, FOUND, column)));
      }
    }
  }

  private static String text(Row row, String prefix, ContractColumn column) {
    String text = row.getAs(prefix + column.name());
    return column.personal() && text != null ? HIDDEN : text;
  }

  private static Column quoted(String name) {
    return col("`" + name + "`");
  }
}
