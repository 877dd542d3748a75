package io.assay.contract;

import java.util.function.Predicate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The types of columns that a rule makes sense of. */
enum ColumnKind {
  ANY("any type", type -> true),
  FLAT(
      "any type but an object or array",
      type ->
          !(type instanceof StructType || type instanceof ArrayType || type instanceof MapType)),
  LITERAL(
      "a type that has values in YAML: text, number, boolean, date or timestamp",
      type -> FLAT.accepts(type) && !(type instanceof BinaryType)),
  NUMBER("a number", NumericType.class::isInstance),
  TEXT("text", StringType.class::isInstance),
  TIME(
      "a date or timestamp",
      type ->
          type instanceof DateType
              || type instanceof TimestampType
              || type instanceof TimestampNTZType);

  private final String words;
  private final Predicate<DataType> accepted;

  ColumnKind(String words, Predicate<DataType> accepted) {
    this.words = words;
    this.accepted = accepted;
  }

  /** The kind, in words. */
  String words() {
    return words;
  }

  /** What to say of a column that is not of this kind. */
  String refusal(String rule, ContractColumn column) {
    return "%s takes %s, and %s is %s"
        .formatted(rule, words, column.name(), column.type().simpleString());
  }

  boolean accepts(DataType type) {
    return accepted.test(type);
  }
}
