package io.assay.app.serve;

import io.assay.app.operate.ProjectTables;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.ServedStatement;
import io.assay.table.Layer;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;

/**
 * What is served of a project: its gold tables, and the current rows of silver. Queries read the
 * newest version of each; names, columns and comments are listed in Spark's own catalog, for that
 * is where drivers look.
 */
public final class ServedTables {
  private static final Set<Layer> LAYERS = Set.of(Layer.GOLD, Layer.SILVER);

  /** Drivers begin in {@code default}, which stays empty. */
  private static final Set<String> SCHEMAS =
      Set.of(Layer.GOLD.label(), Layer.SILVER.label(), "default");

  /** What the session must be opened with, whatever the project says. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          // Else ${env:NAME} in a query would be the server's secret.
          "spark.sql.variable.substitute", "false",
          // Paths stand for no tables, not even behind the parser.
          "spark.sql.runSQLOnFiles", "false",
          // Each connection has a schema of its own.
          "spark.sql.hive.thriftServer.singleSession", "false");

  private final Project project;
  private final Map<TableName, TableState> listed = new HashMap<>();

  public ServedTables(Project project) {
    this.project = project;
  }

  /**
   * Lets a session's parser, and those of all sessions beside it, pass only what may be asked. To
   * be given when the first session is made.
   */
  public void restrict(SparkSessionExtensions extensions) {
    extensions.injectParser(
        (session, parser) ->
            new ReadOnlyParser(parser, () -> statement(session), () -> list(session)));
  }

  /** Whether a session lets pass only what may be asked. */
  public static boolean restricts(SparkSession session) {
    return session.sessionState().sqlParser() instanceof ReadOnlyParser;
  }

  /** The tables that can be read now. */
  public SortedSet<TableName> names(SparkSession session) {
    return new ProjectTables(session, project)
        .existing().stream().filter(this::served).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Brings the list in the catalog of all sessions up to date. Cheap where nothing has changed.
   *
   * @param session any of them
   */
  public synchronized void list(SparkSession session) {
    SchemaListing listing = new SchemaListing(session);
    TableCatalog catalog = new TableCatalog(session, project.warehouse());
    ProjectTables tables = new ProjectTables(session, project);
    for (Layer layer : LAYERS) {
      listing.schema(layer, new Path(project.warehouse().root(), layer.label()));
    }
    SortedSet<TableName> names = names(session);
    for (TableName table : names) {
      TableState state = catalog.state(table);
      if (!state.equals(listed.put(table, state))) {
        listing.put(table, tables.read(table).schema(), tables.description(table));
      }
    }
    for (TableName gone : Set.copyOf(listed.keySet())) {
      if (!names.contains(gone)) {
        listing.remove(gone);
        listed.remove(gone);
      }
    }
  }

  private ServedStatement statement(SparkSession session) {
    ProjectTables tables = new ProjectTables(session, project);
    return new ServedStatement(
        session.sessionState().catalog().getCurrentDatabase(),
        SCHEMAS,
        project.functions(),
        new ServedStatement.Tables() {
          @Override
          public Collection<TableName> names() {
            return ServedTables.this.names(session);
          }

          @Override
          public Optional<Dataset<Row>> rows(TableName table) {
            boolean named = ProjectTables.names(project).contains(checked(table));
            return named ? tables.find(table) : Optional.empty();
          }
        });
  }

  private TableName checked(TableName table) {
    if (!served(table)) {
      throw new AssayException(
          ExitCode.USAGE,
          table + " is not served; " + table.currentRows() + " has its current rows");
    }
    return table;
  }

  private boolean served(TableName table) {
    return LAYERS.contains(table.layer()) && table.equals(table.currentRows());
  }
}
