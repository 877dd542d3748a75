package io.assay.app.profile;

import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells messages of Debezium from other JSON documents, by the names of their fields. */
final class ChangeMessages {
  private ChangeMessages() {}

  /** What to tell people of documents that seem to be such messages. */
  static Optional<String> note(Source.Files source, List<ProposedColumn> columns) {
    boolean documents =
        source.format() == FileFormat.JSON || source.format() == FileFormat.JSON_ARRAY;
    Set<String> fields =
        columns.stream().map(ProposedColumn::source).collect(Collectors.toUnmodifiableSet());
    boolean bare = fields.contains("op") && (fields.contains("before") || fields.contains("after"));
    boolean messages = bare || fields.containsAll(Set.of("schema", "payload"));
    return documents && messages
        ? Optional.of(
            "these look like change messages of Debezium, taken here as they stand, a row for each;"
                + " to have the rows that they change, say 'format: debezium' in pipeline.yaml and the"
                + " columns of those rows in the contract: docs/how-to/change-feeds.md")
        : Optional.empty();
  }
}
