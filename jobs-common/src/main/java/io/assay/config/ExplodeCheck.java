package io.assay.config;

import io.assay.config.Source.FileFormat;
import io.assay.config.Source.MessageFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a dataset must be whose rows are elements of an array. A null was reported before. */
final class ExplodeCheck {
  private static final String KEY = "explode";
  private static final String RECORD = "$";

  private final DatasetCheck dataset;
  private final DatasetPipeline pipeline;
  private final Map<String, Dataset> datasets;

  ExplodeCheck(DatasetCheck dataset, DatasetPipeline pipeline, Map<String, Dataset> datasets) {
    this.dataset = dataset;
    this.pipeline = pipeline;
    this.datasets = datasets;
  }

  void check(String array) {
    if (Arrays.stream(array.split("\\.", -1)).anyMatch(String::isBlank)) {
      dataset.problem("must be a name, or names with dots between them, such as data.items", KEY);
    }
    if (pipeline.format() == Format.DEBEZIUM) {
      dataset.problem("has no meaning for format: debezium, whose messages are changes", KEY);
    }
    if (DatasetCheck.present(pipeline.repeats()).isPresent()) {
      dataset.problem("repeats are marked of whole records; remove one of the two", KEY);
    }
    if (!hasFields()) {
      dataset.problem(
          "needs records with fields; of text and bytes nothing is known: land them as json", KEY);
    } else if (array.equals(RECORD) && hasColumns()) {
      dataset.problem(
          "$ stands for a document that is an array, and these records have columns: name the one"
              + " that holds the array",
          KEY);
    }
  }

  private boolean hasFields() {
    return landed()
        .map(
            source ->
                !(source instanceof Source.Files files && files.format() == FileFormat.TEXT)
                    && !(source instanceof Source.Kafka kafka
                        && (kafka.format() == MessageFormat.TEXT
                            || kafka.format() == MessageFormat.BYTES)))
        .orElse(true);
  }

  private boolean hasColumns() {
    return landed()
        .filter(Source.Files.class::isInstance)
        .map(source -> ((Source.Files) source).format())
        .map(format -> format != FileFormat.JSON && format != FileFormat.JSON_ARRAY)
        .orElse(false);
  }

  /** The source behind a bronze table of this project; empty if nothing is known of it. */
  private Optional<Source> landed() {
    Source source = pipeline.source();
    if (source instanceof Source.Table table) {
      return Optional.ofNullable(datasets.get(table.table().name()))
          .map(Dataset::pipeline)
          .map(DatasetPipeline::source);
    }
    return Optional.ofNullable(source);
  }
}
