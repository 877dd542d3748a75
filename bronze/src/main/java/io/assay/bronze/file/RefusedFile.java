package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;

/**
 * A file of which nothing landed.
 *
 * @param reason for people
 */
record RefusedFile(SourceFile file, String reason) {

  String note() {
    return "refused "
        + file.path()
        + ": "
        + reason
        + ". Nothing of it is in bronze; deliver it again, under this name or another";
  }
}
