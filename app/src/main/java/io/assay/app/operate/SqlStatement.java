package io.assay.app.operate;

import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.sql.ServedStatement;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.execution.ExplainMode$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an analyst asks, one statement after another: queries over public names, and SHOW, DESCRIBE,
 * EXPLAIN and USE about them. Nothing can be changed through it, and what a query may be made of is
 * what {@code assay serve} lets through ({@link ServedStatement}).
 */
public final class SqlStatement {
  private static final String NAME = "([\\w.`]+)";
  private static final Pattern SHOW_SCHEMAS = form("show\\s+(?:schemas|databases)");
  private static final Pattern SHOW_TABLES =
      form("show\\s+tables(?:\\s+(?:in|from)\\s+" + NAME + ")?(?:\\s+(?:like\\s+)?'([^']*)')?");
  private static final Pattern SHOW_COLUMNS = form("show\\s+columns\\s+(?:in|from)\\s+" + NAME);
  private static final Pattern SHOW_FUNCTIONS = form("show\\s+functions");
  private static final Pattern DESCRIBE =
      form("desc(?:ribe)?(?:\\s+table)?(?:\\s+extended)?\\s+" + NAME);
  private static final Pattern EXPLAIN =
      Pattern.compile("(?is)\\s*explain\\s+(?:(extended|codegen|cost|formatted)\\s+)?(?=.)");
  private static final Pattern USE = form("use\\s+(?:(?:schema|database|namespace)\\s+)?([\\w`]+)");

  private static final Set<String> SCHEMAS =
      Layer.ofTables().map(Layer::label).collect(Collectors.toUnmodifiableSet());

  private final SparkSession spark;
  private final Project project;
  private final ProjectTables tables;

  /** Where names without a layer are looked for; none at first. */
  private String schema = "";

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

  private static Pattern form(String words) {
    return Pattern.compile("(?is)\\s*" + words + "\\s*");
  }

  /**
   * The answer's rows; of USE what is used now.
   *
   * @param text with or without a semicolon at its end
   * @throws SqlSyntaxException if the text is nothing that may be asked, or does not fit the tables
   * @throws AssayException if a table holds nothing yet
   */
  public Dataset<Row> rows(String text) {
    String statement = text.stripTrailing().replaceFirst(";$", "");
    Matcher words = SHOW_TABLES.matcher(statement);
    if (words.matches()) {
      return showTables(Optional.ofNullable(words.group(1)), Optional.ofNullable(words.group(2)));
    }
    if (words.usePattern(SHOW_SCHEMAS).matches()) {
      return rows("schema string", Layer.ofTables().map(Layer::label).sorted());
    }
    if (words.usePattern(SHOW_COLUMNS).matches()) {
      return rows("column string", Arrays.stream(table(statement, words).columns()));
    }
    if (words.usePattern(SHOW_FUNCTIONS).matches()) {
      return rows("function string", project.functions().keySet().stream().sorted());
    }
    if (words.usePattern(DESCRIBE).matches()) {
      return describe(table(statement, words).schema());
    }
    if (words.usePattern(USE).matches()) {
      return use(statement, words);
    }
    if (words.usePattern(EXPLAIN).lookingAt()) {
      return explain(statement, words.toMatchResult());
    }
    return query().rows(spark, statement);
  }

  private Dataset<Row> showTables(Optional<String> layer, Optional<String> like) {
    String shown = layer.map(SqlStatement::plain).orElse(schema);
    Pattern names =
        Pattern.compile(
            "(?i)"
                + Arrays.stream(like.orElse("*").split("\\|", -1))
                    .map(part -> "\\Q" + part.strip().replace("*", "\\E.*\\Q") + "\\E")
                    .collect(Collectors.joining("|")));
    List<Row> rows =
        tables.existing().stream()
            .filter(table -> shown.isEmpty() || table.layer().label().equals(shown))
            .filter(table -> names.matcher(table.name()).matches())
            .map(table -> RowFactory.create(table.toString(), description(table)))
            .toList();
    return spark.createDataFrame(rows, StructType.fromDDL("table string, description string"));
  }

  private String description(TableName table) {
    return tables.description(table).orElse(null);
  }

  private Dataset<Row> describe(StructType columns) {
    List<Row> rows = Arrays.stream(columns.fields()).map(SqlStatement::column).toList();
    return spark.createDataFrame(
        rows, StructType.fromDDL("column string, type string, description string"));
  }

  private static Row column(StructField field) {
    String comment = field.getComment().isDefined() ? field.getComment().get() : null;
    return RowFactory.create(
        field.name(), field.dataType().sql().toLowerCase(Locale.ROOT), comment);
  }

  private Dataset<Row> use(String statement, MatchResult words) {
    String named = plain(words.group(1));
    if (!SCHEMAS.contains(named)) {
      throw new SqlSyntaxException(
          line(statement, words.start(1)),
          column(statement, words.start(1)),
          "there is no schema " + named + " here" + Nearest.hint(named, SCHEMAS));
    }
    schema = named;
    return rows("schema string", Stream.of(named));
  }

  /** The query's plan; its text keeps its place, for what is said of it. */
  private Dataset<Row> explain(String statement, MatchResult words) {
    String query =
        statement.substring(0, words.end()).replaceAll("\\S", " ")
            + statement.substring(words.end());
    ExplainMode mode =
        ExplainMode$.MODULE$.fromString(Optional.ofNullable(words.group(1)).orElse("simple"));
    String plan = query().rows(spark, query).queryExecution().explainString(mode);
    return rows("plan string", plan.stripTrailing().lines());
  }

  private Dataset<Row> table(String statement, MatchResult words) {
    int start = words.start(1);
    List<String> parts = List.of(words.group(1).replace("`", "").split("\\.", -1));
    return query().rows(parts, line(statement, start), column(statement, start));
  }

  private ServedStatement query() {
    return new ServedStatement(
        schema,
        SCHEMAS,
        project.functions(),
        new ServedStatement.Tables() {
          @Override
          public Collection<TableName> names() {
            return ProjectTables.names(project);
          }

          @Override
          public Optional<Dataset<Row>> rows(TableName table) {
            return tables.find(table);
          }
        });
  }

  /** Rows of one text each. */
  private Dataset<Row> rows(String column, Stream<String> texts) {
    return spark.createDataFrame(
        texts.map(text -> RowFactory.create(text)).toList(), StructType.fromDDL(column));
  }

  private static String plain(String name) {
    return name.replace("`", "").toLowerCase(Locale.ROOT);
  }

  private static int line(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private static int column(String text, int position) {
    return position - text.lastIndexOf('\n', position - 1);
  }
}
