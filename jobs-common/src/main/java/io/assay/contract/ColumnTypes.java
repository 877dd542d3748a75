package io.assay.contract;

import io.assay.contract.StandardDocument.LogicalType;
import io.assay.contract.StandardDocument.Property;
import io.assay.document.Binder;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Paths;
import io.assay.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.VarcharType;

/**
 * The Spark type of a property: the physical type where Spark knows it, or else the logical type.
 */
final class ColumnTypes {
  private final Problems problems;

  ColumnTypes(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param place the property's mapping
   * @return null if the property has no type that can be used, which is then among the problems
   */
  DataType of(Property property, Element place, String path) {
    Optional<DataType> physical = property.physicalType().flatMap(ColumnTypes::parsed);
    if (physical.isPresent()) {
      return physical.get();
    } else if (property.logicalType() == null) {
      return null;
    } else if (property.logicalType().isPresent()) {
      return logical(property, place, path);
    }
    problems.add(
        place.at(property.physicalType().isPresent() ? "physicalType" : "name"),
        path,
        property
            .physicalType()
            .map(type -> "'" + type + "' is no type of Spark's, and there is no logicalType")
            .orElse("the column has no type: give a logicalType or a physicalType"));
    return null;
  }

  private static Optional<DataType> parsed(String text) {
    try {
      DataType type = new CatalystSqlParser().parseDataType(text);
      return Optional.of(
          type instanceof CharType || type instanceof VarcharType ? DataTypes.StringType : type);
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  private DataType logical(Property property, Element place, String path) {
    LogicalType type = property.logicalType().orElseThrow();
    return switch (type) {
      case STRING, TIME -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case INTEGER -> integer(format(property));
      case NUMBER -> format(property).equals("f32") ? DataTypes.FloatType : DataTypes.DoubleType;
      case OBJECT -> struct(property, path);
      case ARRAY -> array(property, place, path);
    };
  }

  private static String format(Property property) {
    return property
        .logicalTypeOptions()
        .filter(Mapping.class::isInstance)
        .flatMap(options -> ((Mapping) options).value("format"))
        .filter(Scalar.class::isInstance)
        .map(format -> ((Scalar) format).text())
        .orElse("");
  }

  private static DataType integer(String format) {
    return switch (format) {
      case "i8" -> DataTypes.ByteType;
      case "i16", "u8" -> DataTypes.ShortType;
      case "i32", "u16" -> DataTypes.IntegerType;
      case "u64" -> DataTypes.createDecimalType(20, 0);
      case "i128", "u128" -> DataTypes.createDecimalType(38, 0);
      default -> DataTypes.LongType;
    };
  }

  private DataType struct(Property property, String path) {
    List<StructField> fields = new ArrayList<>();
    for (Element element : property.properties()) {
      String place = Paths.item(Paths.key(path, "properties"), fields.size());
      Property part = part(element, place);
      DataType type = part == null ? null : of(part, element, place);
      if (type != null) {
        fields.add(
            DataTypes.createStructField(part.name().orElse("_" + fields.size()), type, true));
      }
    }
    return DataTypes.createStructType(fields);
  }

  private DataType array(Property property, Element place, String path) {
    if (property.items().isEmpty()) {
      problems.add(place.at("logicalType"), path, "an array needs items: the type of its elements");
      return null;
    }
    Element items = property.items().get();
    Property part = part(items, Paths.key(path, "items"));
    DataType type = part == null ? null : of(part, items, Paths.key(path, "items"));
    return type == null ? null : DataTypes.createArrayType(type, true);
  }

  private Property part(Element element, String path) {
    return (Property) new Binder(problems, true).bind(StandardDocument.PROPERTY, element, path);
  }
}
