package io.assay.config;

import io.assay.contract.ContractColumn;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.document.Position;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a dataset's pipeline must be beyond its shape. A null was reported before. */
final class DatasetCheck {
  private final Reading reading;
  private final Dataset dataset;
  private final DatasetPipeline pipeline;
  private final Mapping document;
  private final Map<String, SqlFunction> functions;
  private final Set<String> columns;

  DatasetCheck(
      Reading reading, Dataset dataset, Mapping document, Map<String, SqlFunction> functions) {
    this.reading = reading;
    this.dataset = dataset;
    this.pipeline = dataset.pipeline();
    this.document = document;
    this.functions = functions;
    this.columns =
        dataset.contract() == null
            ? Set.of()
            : dataset.contract().columns().stream()
                .map(ContractColumn::name)
                .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * @param connections as written, by name
   * @param imported the tables of other projects, by their names here
   */
  void check(
      Map<String, Dataset> datasets, Map<String, Mapping> connections, Set<TableName> imported) {
    name(datasets);
    if (pipeline.source() != null) {
      new SourceCheck(this, document, datasets, connections, imported).check(pipeline.source());
    }
    present(pipeline.explode())
        .ifPresent(array -> new ExplodeCheck(this, pipeline, datasets).check(array));
    if (pipeline.columns() != null) {
      pipeline.columns().forEach(this::column);
    }
    present(pipeline.where()).ifPresent(where -> expression(where, "where"));
    if (pipeline.format() != null) {
      new FormatCheck(this, pipeline, datasets).check();
    }
    if (pipeline.history() != null) {
      new HistoryCheck(this, pipeline.history(), dataset.contract()).check();
    }
    present(pipeline.repeats()).ifPresent(this::repeats);
    if (pipeline.drift() != null) {
      drift(pipeline.source());
    }
    reading.startedOnce(pipeline.schedule(), pipeline.continuous(), at("continuous"), "continuous");
  }

  static <T> Optional<T> present(Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }

  Position at(Object... path) {
    return document.at(path);
  }

  void problem(String message, Object... path) {
    reading.problems().add(at(path), written(path), message);
  }

  /** The path as the file has it; the source may stand in the settings of an environment. */
  private String written(Object... path) {
    String here = Paths.of(path);
    boolean elsewhere =
        path.length > 0
            && path[0].equals("source")
            && !document.keyPosition("source").file().equals(document.position().file());
    return elsewhere
        ? Paths.of(SettingsReader.SOURCES, dataset.name()) + here.substring("source".length())
        : here;
  }

  void expression(String sql, Object... path) {
    reading.isRowExpression(
        sql,
        functions,
        at(path),
        String.join(".", Arrays.copyOf(path, path.length, String[].class)));
  }

  /**
   * Notes a name that events cannot be ordered or timed by: no column of the contract, and nothing
   * that the format tells either.
   *
   * @return whether the contract has the column
   */
  boolean places(String name, Object... path) {
    Set<String> told =
        switch (pipeline.format() == null ? Format.PLAIN : pipeline.format()) {
          case PLAIN -> Set.of();
          case SNAPSHOT -> Set.of(Snapshot.TAKEN_AT);
          case DEBEZIUM -> EnvelopeField.paths();
        };
    if (told.isEmpty() || name == null || columns.contains(name)) {
      return knows(name, path);
    }
    if (!told.contains(name) && dataset.contract() != null) {
      Set<String> known = new TreeSet<>(columns);
      known.addAll(told);
      problem(
          "neither the contract nor the format knows '" + name + "'" + Nearest.hint(name, known),
          path);
    }
    return false;
  }

  /** Notes a name that is no column of the contract; nothing can be said without a contract. */
  boolean knows(String column, Object... path) {
    if (column == null || dataset.contract() == null || columns.contains(column)) {
      return column != null && dataset.contract() != null;
    }
    problem("the contract has no column '" + column + "'" + Nearest.hint(column, columns), path);
    return false;
  }

  Optional<DataType> type(String column) {
    return dataset.contract().columns().stream()
        .filter(known -> known.name().equals(column) && known.type() != null)
        .map(ContractColumn::type)
        .findFirst();
  }

  private void name(Map<String, Dataset> datasets) {
    String name = dataset.name();
    TableName.parse("silver." + name)
        .map(table -> table.currentRows().name())
        .filter(base -> !base.equals(name) && datasets.containsKey(base))
        .ifPresent(
            base ->
                reading
                    .problems()
                    .add(
                        Position.startOf(document.position().file()),
                        "",
                        "a dataset cannot be named '%s': silver.%s is the history of dataset '%s'"
                            .formatted(name, name, base)));
  }

  private void column(String column, String sql) {
    knows(column, "columns", column);
    if (sql != null) {
      expression(sql, "columns", column);
    }
  }

  /**
   * A policy that would do nothing is a mistake; the array of {@code explode} may always be gone.
   */
  private void drift(Source source) {
    DatasetPipeline.Drift drift = pipeline.drift();
    boolean another = source instanceof Source.Table;
    if (drift == DatasetPipeline.Drift.EVOLVE && another) {
      problem("evolve is for a landing of its own: another's columns are taken by name", "drift");
    } else if (drift == DatasetPipeline.Drift.FAIL
        && another
        && present(pipeline.explode()).isEmpty()) {
      problem("fail is for a landing of its own: say it where the table is landed", "drift");
    } else if (drift == DatasetPipeline.Drift.EVOLVE && !hasFields(source)) {
      problem("evolve needs records with fields; of text and bytes nothing is known", "drift");
    }
  }

  private boolean hasFields(Source source) {
    if (pipeline.format() == Format.DEBEZIUM) {
      return true;
    } else if (source instanceof Source.Kafka kafka) {
      return kafka.format() != Source.MessageFormat.TEXT
          && kafka.format() != Source.MessageFormat.BYTES;
    }
    return !(source instanceof Source.Files files) || files.format() != Source.FileFormat.TEXT;
  }

  private void repeats(DatasetPipeline.Repeats repeats) {
    if (pipeline.source() instanceof Source.Kafka
        || pipeline.source() instanceof Source.Jdbc
        || pipeline.source() instanceof Source.Http) {
      problem("within: file is for sources of files", "repeats", "within");
    }
    if (knows(repeats.flag(), "repeats", "flag")
        && type(repeats.flag()).filter(t -> !t.equals(DataTypes.BooleanType)).isPresent()) {
      problem("column '" + repeats.flag() + "' must be a boolean", "repeats", "flag");
    }
    if (pipeline.history() != null
        && pipeline.history().keep() != null
        && pipeline.history().keep() != History.Keep.NONE) {
      problem("repeats are marked for history.keep: none only", "repeats");
    }
  }
}
