package io.assay.config;

import io.assay.config.Source.FileFormat;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a dataset's source must be beyond its shape. A null was reported before. */
final class SourceCheck {
  private final DatasetCheck dataset;
  private final Mapping document;
  private final Map<String, Dataset> datasets;
  private final Map<String, Mapping> connections;
  private final Set<TableName> imported;

  /**
   * @param connections as written, by name
   */
  SourceCheck(
      DatasetCheck dataset,
      Mapping document,
      Map<String, Dataset> datasets,
      Map<String, Mapping> connections,
      Set<TableName> imported) {
    this.dataset = dataset;
    this.document = document;
    this.datasets = datasets;
    this.connections = connections;
    this.imported = imported;
  }

  void check(Source source) {
    if (source instanceof Source.Files files) {
      files(files);
    } else if (source instanceof Source.Kafka kafka) {
      new KafkaCheck(dataset).check(kafka);
      connection(kafka.connection(), "kafka");
      registry(kafka);
    } else if (source instanceof Source.Jdbc jdbc) {
      new JdbcCheck(dataset).check(jdbc);
      connection(jdbc.connection(), "jdbc");
    } else if (source instanceof Source.Http http) {
      new HttpCheck(dataset).check(http);
      connection(http.connection(), "http");
    } else if (source instanceof Source.Table table) {
      table(table);
    }
  }

  private void files(Source.Files files) {
    DatasetCheck.present(files.connection())
        .ifPresent(connection -> connection(connection, "files"));
    if (files.path() != null
        && (files.path().isBlank() || List.of(files.path().split("/")).contains(".."))) {
      dataset.problem("must be a path below its root, without '..'", "source", "files", "path");
    }
    if (files.encoding() != null && !supported(files.encoding())) {
      dataset.problem(
          "unknown character set '" + files.encoding() + "'", "source", "files", "encoding");
    }
    if (files.csv() != null) {
      csv(files);
    }
    if (files.limits() != null && files.limits().recordBytes() < 1) {
      dataset.problem("must be at least 1", "source", "files", "limits", "record_bytes");
    }
    if (files.limits() != null && files.limits().depth() < 1) {
      dataset.problem("must be at least 1", "source", "files", "limits", "depth");
    }
  }

  private void connection(String name, String source) {
    String kind = source.equals("files") ? "store" : source;
    if (name == null) {
      return;
    }
    Mapping connection = connections.get(name);
    if (connection == null) {
      dataset.problem(
          "assay.yaml has no connection '" + name + "'" + Nearest.hint(name, connections.keySet()),
          "source",
          source,
          "connection");
    } else if (connection.value(kind).isEmpty()) {
      connection.values().keySet().stream()
          .filter(ProjectShapes.CONNECTION.kinds()::containsKey)
          .forEach(
              found ->
                  dataset.problem(
                      "connection '%s' is of kind %s; %s needs one of kind %s"
                          .formatted(name, found, source, kind),
                      "source",
                      source,
                      "connection"));
    }
  }

  /** Somebody must know the schemas of messages in Avro. */
  private void registry(Source.Kafka kafka) {
    if (kafka.format() == Source.MessageFormat.AVRO
        && DatasetCheck.present(kafka.schema()).isEmpty()
        && kafka.connection() != null
        && Optional.ofNullable(connections.get(kafka.connection()))
            .flatMap(connection -> connection.mapping("kafka"))
            .filter(cluster -> cluster.value("registry").isEmpty())
            .isPresent()) {
      dataset.problem(
          "avro needs a schema here, or the registry of connection '" + kafka.connection() + "'",
          "source",
          "kafka",
          "format");
    }
  }

  private static boolean supported(String encoding) {
    try {
      return Charset.isSupported(encoding);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void csv(Source.Files files) {
    Source.Csv csv = files.csv();
    if (files.format() != null
        && files.format() != FileFormat.CSV
        && document
            .mapping("source")
            .flatMap(source -> source.mapping("files"))
            .flatMap(source -> source.value("csv"))
            .isPresent()) {
      dataset.problem("belongs to format: csv", "source", "files", "csv");
    }
    oneCharacter(csv.delimiter(), "delimiter");
    oneCharacter(csv.quote(), "quote");
    oneCharacter(csv.escape(), "escape");
    DatasetCheck.present(csv.comment()).ifPresent(comment -> oneCharacter(comment, "comment"));
  }

  private void oneCharacter(String text, String key) {
    if (text != null && text.length() != 1) {
      dataset.problem("must be one character", "source", "files", "csv", key);
    }
  }

  private void table(Source.Table source) {
    TableName table = source.table();
    Set<String> readable =
        datasets.values().stream()
            .filter(d -> d.pipeline() != null && !(d.pipeline().source() instanceof Source.Table))
            .map(d -> TableName.bronze(d.name()).toString())
            .collect(Collectors.toCollection(TreeSet::new));
    imported.forEach(name -> readable.add(name.toString()));
    readable.removeIf(name -> TableName.of(name).layer() != Layer.BRONZE);
    boolean unknowable =
        datasets.containsKey(table.name()) && datasets.get(table.name()).pipeline() == null;
    if (table.layer() != Layer.BRONZE || (!readable.contains(table.toString()) && !unknowable)) {
      dataset.problem(
          "'"
              + table
              + "' is no bronze table that this project fills or imports"
              + Nearest.hint(table.toString(), readable),
          "source",
          "table");
    }
  }
}
