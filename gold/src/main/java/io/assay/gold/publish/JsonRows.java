package io.assay.gold.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Rows as objects of JSON: the key, and the whole row. Times have microseconds, and moments a zone;
 * binary values are in Base64; what is null is there as null.
 */
final class JsonRows {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "ignoreNullFields", "false",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private JsonRows() {}

  static Form form(PublishDefinition definition) {
    return new Form(List.of(object(definition.key())), List.of(object(definition.columns())));
  }

  /** An array, a structure or a map. */
  static Column nested(Column value) {
    return to_json(value, OPTIONS);
  }

  private static Column object(List<PublishedColumn> columns) {
    return to_json(
        struct(
            columns.stream()
                .map(column -> col("`" + column.column() + "`").as(column.name()))
                .toArray(Column[]::new)),
        OPTIONS);
  }

  /**
   * One element of what is sent.
   *
   * @param row null for a key that is gone
   */
  static String element(long version, String key, String row) {
    return row == null
        ? "{\"op\":\"delete\",\"version\":%d,\"key\":%s}".formatted(version, key)
        : "{\"op\":\"upsert\",\"version\":%d,\"key\":%s,\"row\":%s}".formatted(version, key, row);
  }
}
