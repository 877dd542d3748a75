package io.assay.app.operate;

import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.SqlQuery;
import io.assay.table.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an analyst asks: a query over public names, {@code SHOW TABLES} or {@code DESCRIBE table}.
 * Nothing can be changed through it.
 */
public final class SqlStatement {
  private static final Pattern SHOW = Pattern.compile("(?is)\\s*show\\s+tables\\s*;?\\s*");
  private static final Pattern DESCRIBE =
      Pattern.compile("(?is)\\s*desc(?:ribe)?(?:\\s+table)?\\s+([\\w.`]+)\\s*;?\\s*");

  private final SparkSession spark;
  private final Project project;
  private final ProjectTables tables;

  /**
   * A reader of one project.
   *
   * @param session shares its Spark; its settings are left alone
   */
  public SqlStatement(SparkSession session, Project project) {
    this.spark = session.newSession();
    // Dates and times as java.time values, which have no zone of the machine's.
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    this.project = project;
    this.tables = new ProjectTables(spark, project);
  }

  /**
   * The answer's rows.
   *
   * @throws AssayException if the text is no query, or does not fit the tables
   */
  public Dataset<Row> rows(String text) {
    if (SHOW.matcher(text).matches()) {
      return show();
    }
    Matcher describe = DESCRIBE.matcher(text);
    if (describe.matches()) {
      return describe(table(describe.group(1)));
    }
    return SqlQuery.parse(text.strip().replaceFirst(";$", ""))
        .expand(project.functions())
        .bind(spark, tables::read);
  }

  private Dataset<Row> show() {
    List<Row> rows =
        tables.existing().stream()
            .map(
                table ->
                    RowFactory.create(table.toString(), tables.description(table).orElse(null)))
            .toList();
    return spark.createDataFrame(rows, StructType.fromDDL("table string, description string"));
  }

  private Dataset<Row> describe(TableName table) {
    List<Row> rows =
        Arrays.stream(tables.read(table).schema().fields()).map(SqlStatement::column).toList();
    return spark.createDataFrame(
        rows, StructType.fromDDL("column string, type string, description string"));
  }

  private static Row column(StructField field) {
    String comment = field.getComment().isDefined() ? field.getComment().get() : null;
    return RowFactory.create(
        field.name(), field.dataType().sql().toLowerCase(Locale.ROOT), comment);
  }

  private static TableName table(String name) {
    return TableName.parse(name.replace("`", "").toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    "'"
                        + name
                        + "' is no table's name, such as silver.orders; SHOW TABLES lists"
                        + " them"));
  }
}
