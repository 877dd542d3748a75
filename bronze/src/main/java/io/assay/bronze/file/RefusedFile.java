package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.batch.ColumnChange;
import io.assay.bronze.record.UnreadableFile;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;

/**
 * A file of which nothing landed.
 *
 * @param reason for people
 * @param passing whether nothing is said against its content, so that it is new again as soon as it
 *     is listed again
 * @param changes of columns, for which it was refused
 */
record RefusedFile(SourceFile file, String reason, boolean passing, List<ColumnChange> changes) {

  /** What was recorded before changes were has none. */
  RefusedFile {
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  RefusedFile(SourceFile file, String reason, boolean passing) {
    this(file, reason, passing, List.of());
  }

  static RefusedFile of(SourceFile file, UnreadableFile why) {
    return new RefusedFile(file, why.reason(), why.passing());
  }

  /** One that has a column of another type than files before it. */
  static RefusedFile retyped(SourceFile file, StructField column, StructField before) {
    String reason =
        "column %s is %s here, and %s before"
            .formatted(column.name(), column.dataType().sql(), before.dataType().sql());
    ColumnChange change =
        new ColumnChange(
            before.name(),
            ColumnChange.Kind.RETYPED,
            Optional.of(before.dataType().catalogString()),
            Optional.of(column.dataType().catalogString()),
            Optional.empty(),
            "files refused");
    return new RefusedFile(file, reason, false, List.of(change));
  }

  String note() {
    return "refused "
        + file.path()
        + ": "
        + reason
        + ". Nothing of it is in bronze; "
        + (passing
            ? "the next run reads it whole, if it is there"
            : "deliver it again, under this name or another");
  }
}
