package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.UnreadableFile;

/**
 * A file of which nothing landed.
 *
 * @param reason for people
 * @param passing whether nothing is said against its content, so that it is new again as soon as it
 *     is listed again
 */
record RefusedFile(SourceFile file, String reason, boolean passing) {

  static RefusedFile of(SourceFile file, UnreadableFile why) {
    return new RefusedFile(file, why.reason(), why.passing());
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
