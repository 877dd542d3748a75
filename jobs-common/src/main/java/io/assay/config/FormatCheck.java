package io.assay.config;

import io.assay.config.Source.FileFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a dataset must be for its change format. A null was reported before. */
final class FormatCheck {
  private static final Set<FileFormat> MESSAGES =
      Set.of(FileFormat.JSON, FileFormat.JSON_ARRAY, FileFormat.TEXT);

  private final DatasetCheck dataset;
  private final DatasetPipeline pipeline;
  private final Map<String, Dataset> datasets;

  FormatCheck(DatasetCheck dataset, DatasetPipeline pipeline, Map<String, Dataset> datasets) {
    this.dataset = dataset;
    this.pipeline = pipeline;
    this.datasets = datasets;
  }

  void check() {
    Format format = pipeline.format();
    if (format != Format.DEBEZIUM && DatasetCheck.present(pipeline.debezium()).isPresent()) {
      dataset.problem("belongs to format: debezium", "debezium");
    }
    if (format != Format.SNAPSHOT && DatasetCheck.present(pipeline.snapshot()).isPresent()) {
      dataset.problem("belongs to format: snapshot", "snapshot");
    }
    if (format != Format.PLAIN && pipeline.history() != null) {
      history(format.name().toLowerCase(Locale.ROOT), pipeline.history());
    }
    if (format == Format.DEBEZIUM) {
      debezium();
    } else if (format == Format.SNAPSHOT) {
      snapshot();
    }
  }

  private void history(String format, History history) {
    if (history.keep() == History.Keep.NONE) {
      dataset.problem(
          format + " needs history.keep: scd1 or scd2, since it changes and deletes rows",
          "format");
    } else if (history.sequence() != null && history.sequence().isEmpty()) {
      dataset.problem(
          format
              + " needs "
              + (pipeline.format() == Format.DEBEZIUM
                  ? "debezium.connector, whose log positions order the events"
                  : "snapshot.taken_at, which orders the snapshots")
              + ", or history.sequence",
          "format");
    }
    unneeded(history.deleteWhen(), format, "delete_when");
    unneeded(history.truncateWhen(), format, "truncate_when");
  }

  private void unneeded(Optional<String> condition, String format, String key) {
    if (DatasetCheck.present(condition).isPresent()) {
      dataset.problem(
          "has no meaning for format: " + format + ", which tells by itself what is deleted",
          "history",
          key);
    }
  }

  private void snapshot() {
    if (pipeline.source() instanceof Source.Kafka) {
      dataset.problem(
          "snapshot needs records that are whole at one time; messages of a topic are plain or"
              + " debezium",
          "format");
    }
    if (pipeline.source() instanceof Source.Jdbc jdbc
        && DatasetCheck.present(jdbc.watermark()).isPresent()) {
      dataset.problem(
          "snapshot needs records that are whole at one time; a watermark reads what changed:"
              + " remove it, or the format",
          "format");
    }
    if (pipeline.source() instanceof Source.Http) {
      dataset.problem(
          "snapshot needs records that are whole at one time; an API's pages are plain", "format");
    }
    DatasetCheck.present(pipeline.snapshot())
        .ifPresent(
            snapshot -> {
              DatasetCheck.present(snapshot.takenAt())
                  .ifPresent(sql -> dataset.expression(sql, "snapshot", "taken_at"));
              if (snapshot.files() < 1) {
                dataset.problem("must be at least 1", "snapshot", "files");
              }
            });
    History history = pipeline.history();
    if (history != null && DatasetCheck.present(history.acceptLate()).isPresent()) {
      dataset.problem(
          "has no meaning for format: snapshot, which is taken whole or not at all: one that is"
              + " older than another is held under the rule snapshot_order; remove accept_late",
          "history",
          "accept_late");
    }
    if (history != null && DatasetCheck.present(history.validTime()).isPresent()) {
      dataset.problem(
          "has no meaning for format: snapshot: its rows are valid from the first column of the"
              + " sequence on",
          "history",
          "valid_time");
    }
  }

  private void debezium() {
    History history = pipeline.history();
    if (history != null
        && DatasetCheck.present(history.validTime()).flatMap(EnvelopeField::of).isPresent()
        && !EnvelopeField.of(history.validTime().get()).get().isTime()) {
      dataset.problem(
          "must be a time; of a message's fields these are: "
              + String.join(", ", EnvelopeField.timePaths()),
          "history",
          "valid_time");
    }
    if (!landsMessages()) {
      dataset.problem(
          "debezium needs messages in JSON: a source of files with format json, json_array or text,"
              + " or of kafka with format json or text",
          "format");
    }
  }

  /** Nothing is said of a source that could not be read. */
  private boolean landsMessages() {
    Source source = pipeline.source();
    if (source instanceof Source.Table table) {
      source =
          Optional.ofNullable(datasets.get(table.table().name()))
              .map(Dataset::pipeline)
              .map(DatasetPipeline::source)
              .orElse(null);
    }
    if (source instanceof Source.Kafka kafka) {
      return kafka.format() == Source.MessageFormat.JSON
          || kafka.format() == Source.MessageFormat.TEXT;
    }
    if (source instanceof Source.Files files) {
      return files.format() == null || MESSAGES.contains(files.format());
    }
    return !(source instanceof Source.Jdbc) && !(source instanceof Source.Http);
  }
}
