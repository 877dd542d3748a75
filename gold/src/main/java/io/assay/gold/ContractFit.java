package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The result of a mart's query as its contract wants it: the contract's columns, in its order, with
 * its types.
 */
final class ContractFit {
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Column> misfits = new LinkedHashMap<>();
  private final Map<String, StructField> produced = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param result what the query produces; columns are matched by name, whatever their case
   * @throws AssayException with exit code 4 and every column that does not fit
   */
  ContractFit(TableName table, Contract contract, StructType result) {
    Set<String> repeated = new LinkedHashSet<>();
    for (StructField field : result.fields()) {
      if (produced.put(field.name().toLowerCase(Locale.ROOT), field) != null) {
        repeated.add(field.name());
      }
    }
    List<String> missing = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      StructField field = produced.remove(column.name());
      if (field == null) {
        missing.add(column.name());
      } else {
        fit(field, column);
      }
    }
    report("the query does not produce ", missing);
    report(
        "the contract does not know ", produced.values().stream().map(StructField::name).toList());
    report("the query produces more than once ", List.copyOf(repeated));
    if (!problems.isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          table + " does not fit its contract: " + String.join("; ", problems));
    }
  }

  /** The contract's columns, over the query's. */
  Column[] columns() {
    return columns.toArray(Column[]::new);
  }

  /** By column: where the query's value has no room in the contract's type, which makes it null. */
  Map<String, Column> misfits() {
    return misfits;
  }

  private void fit(StructField field, ContractColumn column) {
    String name = "`" + field.name().replace("`", "``") + "`";
    DataType type = column.type();
    if (type.equals(DataTypes.TimestampNTZType)) {
      problems.add(
          column.name()
              + ": timestamp_ntz would take readers of version 1 away; a mart's times are timestamp");
      return;
    }
    switch (TypeFit.of(field.dataType(), type)) {
      case WHOLE -> columns.add(col(name).cast(type).as(column.name()));
      case CHECKED -> {
        Column cast = expr("try_cast(" + name + " AS " + type.sql() + ")");
        columns.add(cast.as(column.name()));
        misfits.put(column.name(), col(name).isNotNull().and(cast.isNull()));
      }
      case NONE -> problems.add(mismatch(field, column));
    }
  }

  private static String mismatch(StructField field, ContractColumn column) {
    boolean rounds =
        field.dataType() instanceof DecimalType && column.type() instanceof DecimalType;
    return "%s is %s, the contract says %s (%s it in mart.sql)"
        .formatted(
            column.name(),
            field.dataType().sql().toLowerCase(Locale.ROOT),
            column.type().sql().toLowerCase(Locale.ROOT),
            rounds ? "round" : "cast");
  }

  private void report(String what, List<String> names) {
    if (!names.isEmpty()) {
      problems.add(what + String.join(", ", names));
    }
  }
}
