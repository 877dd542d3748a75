package io.assay.gold.publish;

import static io.assay.gold.publish.PostgresTable.quoted;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Brings the rows of a delivery into a table, within the transaction of a connection. */
record PostgresLoad(SparkSession spark, Connection connection, PostgresTable table) {
  private static final String STAGE = "pg_temp.assay_delivery";
  private static final int CHUNK = 1 << 16;

  /** What became of its rows. */
  Counts load(Delivery delivery) throws SQLException {
    if (delivery.isEmpty()) {
      return Counts.NONE;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + STAGE);
      statement.execute(stage());
      copy(delivery);
      statement.execute("ANALYZE " + STAGE);
      long deleted = statement.executeLargeUpdate(delivery.whole() ? surplus() : gone());
      long upserted = statement.executeLargeUpdate(upsert());
      statement.execute("DROP TABLE " + STAGE);
      return new Counts(upserted, deleted, delivery.coming() - upserted);
    }
  }

  /** The columns in the order in which they are staged: the key's first. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    table.definition().key().forEach(column -> names.add(quoted(column.name())));
    table.definition().values().forEach(column -> names.add(quoted(column.name())));
    return names;
  }

  private List<String> staged() {
    List<String> staged = new ArrayList<>();
    names().forEach(name -> staged.add("c" + (staged.size() + 1)));
    return staged;
  }

  /** Its columns are of the table's own types, so that what does not fit is refused by them. */
  private String stage() {
    List<String> columns = new ArrayList<>();
    names().forEach(name -> columns.add(name + " AS c" + (columns.size() + 1)));
    return "CREATE TEMPORARY TABLE assay_delivery ON COMMIT DROP AS SELECT %s, false AS gone FROM %s WITH NO DATA"
        .formatted(String.join(", ", columns), table.sql());
  }

  private void copy(Delivery delivery) throws SQLException {
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + STAGE + " FROM STDIN");
    try {
      StringBuilder text = new StringBuilder();
      Iterator<Row> rows = delivery.rows(spark);
      while (rows.hasNext()) {
        line(rows.next(), text);
        if (text.length() >= CHUNK) {
          write(copy, text);
        }
      }
      write(copy, text);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void write(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  /** In the server's text format; its CSV takes a line of a value that is "\\." for the end. */
  private static void line(Row row, StringBuilder text) {
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        text.append('\t');
      }
      if (row.isNullAt(i)) {
        text.append("\\N");
      } else {
        escape(row.get(i).toString(), text);
      }
    }
    text.append('\n');
  }

  private static void escape(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      switch (letter) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(letter);
      }
    }
  }

  private String sameKey() {
    List<String> same = new ArrayList<>();
    table
        .definition()
        .key()
        .forEach(column -> same.add("t." + quoted(column.name()) + " = s.c" + (same.size() + 1)));
    return String.join(" AND ", same);
  }

  private String gone() {
    return "DELETE FROM %s AS t USING %s AS s WHERE s.gone AND %s"
        .formatted(table.sql(), STAGE, sameKey());
  }

  private String surplus() {
    return "DELETE FROM %s AS t WHERE NOT EXISTS (SELECT FROM %s AS s WHERE %s)"
        .formatted(table.sql(), STAGE, sameKey());
  }

  /** A row that is there as it is is not written again. */
  private String upsert() {
    List<String> values =
        table.definition().values().stream().map(column -> quoted(column.name())).toList();
    String insert =
        "INSERT INTO %s AS t (%s) SELECT %s FROM %s WHERE NOT gone ON CONFLICT (%s) DO "
            .formatted(
                table.sql(),
                String.join(", ", names()),
                String.join(", ", staged()),
                STAGE,
                table.key());
    if (values.isEmpty()) {
      return insert + "NOTHING";
    }
    return insert
        + "UPDATE SET %s WHERE (%s) IS DISTINCT FROM (%s)"
            .formatted(
                each(values, "%1$s = EXCLUDED.%1$s"),
                each(values, "t.%s"),
                each(values, "EXCLUDED.%s"));
  }

  private static String each(List<String> names, String text) {
    return names.stream().map(text::formatted).collect(Collectors.joining(", "));
  }
}
