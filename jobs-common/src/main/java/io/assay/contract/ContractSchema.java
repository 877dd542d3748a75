package io.assay.contract;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a contract says of a stored table's schema beyond the types. */
public final class ContractSchema {
  private static final String COMMENT = "comment";

  private final Optional<String> description;
  private final Map<String, ContractColumn> columns;

  public ContractSchema(Contract contract) {
    this.description = contract.description();
    this.columns =
        contract.columns().stream()
            .collect(Collectors.toMap(ContractColumn::name, Function.identity()));
  }

  /** The columns' types; empty if one of them has none, which was reported before. */
  static Optional<StructType> types(Collection<ContractColumn> columns) {
    StructType types = new StructType();
    for (ContractColumn column : columns) {
      if (column.type() == null) {
        return Optional.empty();
      }
      types = types.add(column.name(), column.type());
    }
    return Optional.of(types);
  }

  /** The table's comment; empty for none. */
  public Optional<String> description() {
    return description;
  }

  /** The columns that are tagged as personal. */
  public Set<String> personal() {
    return columns.values().stream()
        .filter(ContractColumn::personal)
        .map(ContractColumn::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The same rows, whose columns carry the contract's descriptions as comments; Delta stores them
   * with the schema. Columns the contract does not know stay as they are.
   */
  public Dataset<Row> described(Dataset<Row> rows) {
    Column[] described = new Column[rows.columns().length];
    for (int i = 0; i < described.length; i++) {
      String name = rows.columns()[i];
      Column column = functions.col("`" + name.replace("`", "``") + "`");
      ContractColumn known = columns.get(name);
      described[i] =
          known != null && known.description().isPresent()
              ? column.as(name, comment(known.description().get()))
              : column;
    }
    return rows.select(described);
  }

  /**
   * The same schema, whose columns carry the contract's descriptions as comments, and no other.
   * Columns the contract does not know stay as they are.
   */
  public StructType described(StructType schema) {
    StructField[] fields = schema.fields().clone();
    for (int i = 0; i < fields.length; i++) {
      StructField field = fields[i];
      if (columns.containsKey(field.name())) {
        MetadataBuilder metadata = new MetadataBuilder().withMetadata(field.metadata());
        columns
            .get(field.name())
            .description()
            .ifPresentOrElse(
                text -> metadata.putString(COMMENT, text), () -> metadata.remove(COMMENT));
        fields[i] =
            new StructField(field.name(), field.dataType(), field.nullable(), metadata.build());
      }
    }
    return new StructType(fields);
  }

  private static Metadata comment(String text) {
    return new MetadataBuilder().putString(COMMENT, text).build();
  }
}
