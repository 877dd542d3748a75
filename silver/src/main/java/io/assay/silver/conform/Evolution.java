package io.assay.silver.conform;

import io.assay.config.DatasetPipeline.Drift;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.table.HistoryColumns;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What {@code drift: evolve} makes of source columns that nothing asks for: columns of silver, of
 * type string, behind those of the contract. A column whose name or type does not serve for that
 * stays unknown, and is rescued.
 */
public final class Evolution {
  /** How many columns a table gains at most, so that names out of control fill no table. */
  static final int MOST = 100;

  private static final Set<String> RESERVED =
      Set.of(
          HistoryColumns.VALID_FROM,
          HistoryColumns.VALID_TO,
          HistoryColumns.IS_CURRENT,
          HistoryColumns.VERSION_ID);

  private Evolution() {}

  /** The configuration by which rows of this shape are conformed. */
  public static CleanConfiguration of(CleanConfiguration configuration, StructType bronze) {
    if (configuration.drift() != Drift.EVOLVE) {
      return configuration;
    }
    Set<String> names = names(configuration.contract());
    List<ContractColumn> more = new ArrayList<>();
    for (StructField unknown : new Conform(configuration).unknown(bronze)) {
      String name = named(unknown.name());
      if (more.size() < MOST && isText(unknown.dataType()) && isColumn(name) && names.add(name)) {
        more.add(column(name, Optional.of(unknown.name())));
      }
    }
    return configuration.withContract(configuration.contract().withColumns(more));
  }

  /** A contract with the columns that a stored table has besides. */
  public static Contract of(Contract contract, StructType stored) {
    Set<String> names = names(contract);
    List<ContractColumn> more = new ArrayList<>();
    for (StructField field : stored.fields()) {
      if (isColumn(field.name()) && names.add(field.name())) {
        more.add(column(field.name(), Optional.empty()));
      }
    }
    return contract.withColumns(more);
  }

  /**
   * The columns besides the contract's that a table has or gains.
   *
   * @param unknown fields of documents, in the order in which they become columns
   */
  static List<ContractColumn> gained(Contract contract, StructType stored, List<String> unknown) {
    Set<String> names = names(contract);
    List<ContractColumn> gained = new ArrayList<>();
    for (StructField field : stored.fields()) {
      if (isColumn(field.name()) && names.add(field.name())) {
        // A column of another type, which the contract has dropped, takes no text.
        if (field.dataType() instanceof StringType) {
          gained.add(column(field.name(), Optional.empty()));
        }
      }
    }
    for (String field : unknown) {
      String name = named(field);
      if (gained.size() < MOST && isColumn(name) && names.add(name)) {
        gained.add(column(name, Optional.empty()));
      }
    }
    return gained;
  }

  /** What silver calls the column of a field. */
  static String named(String field) {
    return field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
  }

  private static Set<String> names(Contract contract) {
    Set<String> names = new HashSet<>();
    contract.columns().forEach(column -> names.add(column.name()));
    return names;
  }

  private static boolean isColumn(String name) {
    return TableName.IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name);
  }

  private static boolean isText(DataType type) {
    return type instanceof AtomicType && !(type instanceof BinaryType);
  }

  private static ContractColumn column(String name, Optional<String> source) {
    return new ContractColumn(
        name,
        source,
        DataTypes.StringType,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
