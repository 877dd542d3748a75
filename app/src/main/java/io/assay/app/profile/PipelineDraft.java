package io.assay.app.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.config.Source;
import java.util.List;

/** A pipeline proposed for files: where they are, and how they are written. */
final class PipelineDraft {
  private PipelineDraft() {}

  /** The text of {@code pipeline.yaml}; what is as by default is left out. */
  static String of(Source.Files source, List<ProposedColumn> columns) {
    ObjectNode pipeline = JsonNodeFactory.instance.objectNode();
    ObjectNode files = pipeline.putObject("source").putObject("files");
    source.connection().ifPresent(connection -> files.put("connection", connection));
    files.put("path", source.path()).put("format", FileKind.label(source.format()));
    if (!source.encoding().equals("UTF-8")) {
      files.put("encoding", source.encoding());
    }
    if (source.format() == Source.FileFormat.CSV) {
      ObjectNode csv = JsonNodeFactory.instance.objectNode();
      if (!source.csv().delimiter().equals(Source.Csv.DEFAULT.delimiter())) {
        csv.put("delimiter", source.csv().delimiter());
      }
      if (!source.csv().header()) {
        csv.put("header", false);
      }
      if (!csv.isEmpty()) {
        files.set("csv", csv);
      }
    }
    ObjectNode expressions = JsonNodeFactory.instance.objectNode();
    columns.forEach(
        column ->
            column
                .expression()
                .ifPresent(expression -> expressions.put(column.name(), expression)));
    if (!expressions.isEmpty()) {
      pipeline.set("columns", expressions);
    }
    return """
        # Proposed by 'assay new dataset'. A path may be a pattern: files that come later are read, too.
        # Times without a zone are taken as UTC; say otherwise with 'timezone: Europe/London'.
        # Rows are appended; to keep one row or all versions of each key, say 'history'.
        """
        + YamlText.of(pipeline);
  }
}
