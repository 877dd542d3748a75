package io.assay.app.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.quality.profile.TableProfile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** A contract proposed for a file: what can be found out stands in it, what cannot is asked for. */
final class ContractDraft {
  private static final String MEANING = "Say what this means.";

  private final String name;
  private final String file;
  private final List<ProposedColumn> columns;

  /**
   * @param name of the dataset
   * @param file where its rows come from, as descriptions name it
   */
  ContractDraft(String name, String file, List<ProposedColumn> columns) {
    this.name = name;
    this.file = file;
    this.columns = columns;
  }

  /** The contract with columns and types only. */
  String bare() {
    return text(Optional.empty());
  }

  /** The contract with the key and the rules that a profile suggests. */
  String proposed(TableProfile profile) {
    return text(Optional.of(profile));
  }

  private String text(Optional<TableProfile> profile) {
    ObjectNode contract =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "v3.1.0")
            .put("kind", "DataContract")
            .put("id", name)
            .put("name", name)
            .put("version", "0.1.0")
            .put("status", "draft");
    contract
        .putObject("description")
        .put("purpose", "Say what a row is. Proposed from " + file + "; nobody has confirmed it.");
    ObjectNode table =
        contract
            .putArray("schema")
            .addObject()
            .put("name", name)
            .put("logicalType", "object")
            .put("physicalType", "table");
    ArrayNode properties = table.putArray("properties");
    Optional<Integer> key = profile.flatMap(found -> KeyGuess.of(columns, found));
    for (int i = 0; i < columns.size(); i++) {
      boolean isKey = key.equals(Optional.of(i));
      ObjectNode property = property(properties.addObject(), columns.get(i), isKey);
      if (profile.isPresent()) {
        ProposedRules rules = new ProposedRules(file, profile.get().rows());
        ArrayNode quality = rules.of(columns.get(i), profile.get().columns().get(i), isKey);
        if (!quality.isEmpty()) {
          property.set("quality", quality);
        }
      }
    }
    return YamlText.of(contract);
  }

  private static ObjectNode property(ObjectNode property, ProposedColumn column, boolean key) {
    property.put("name", column.name());
    if (column.expression().isEmpty() && !column.source().equals(column.name())) {
      property.put("physicalName", column.source());
    }
    property
        .put("logicalType", logical(column.type().type()))
        .put("physicalType", physical(column.type().type()));
    column
        .type()
        .format()
        .ifPresent(format -> property.putObject("logicalTypeOptions").put("format", format));
    if (key) {
      property.put("required", true).put("primaryKey", true).put("primaryKeyPosition", 1);
    }
    if (column.personal().isPresent()) {
      property.put("classification", "confidential").putArray("tags").add("pii");
    }
    return property.put("description", description(column, key));
  }

  private static String description(ProposedColumn column, boolean key) {
    return Stream.of(
            MEANING,
            column.type().remark(),
            key ? "A guess: it identifies a row, for each row has another value." : "",
            column
                .personal()
                .map(
                    what ->
                        "A guess: it holds %s, so it is tagged pii; confirm it, or take classification and tag away."
                            .formatted(what))
                .orElse(""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String logical(DataType type) {
    if (type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return "integer";
    } else if (type instanceof NumericType) {
      return "number";
    } else if (type instanceof BooleanType) {
      return "boolean";
    } else if (type instanceof DateType) {
      return "date";
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return "timestamp";
    } else if (type instanceof ArrayType) {
      return "array";
    }
    return type instanceof StructType || type instanceof MapType ? "object" : "string";
  }

  private static String physical(DataType type) {
    boolean nested =
        type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    return nested || type instanceof BinaryType ? type.sql() : type.catalogString();
  }
}
