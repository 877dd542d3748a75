package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the files of a batch into rows. */
interface FileFormatReader {

  /** What the beginnings of the files tell; cheap. */
  List<FileHead> heads(List<SourceFile> files);

  /** The rows of files, with their source but not yet the run's columns. */
  Dataset<Row> read(List<FileHead> files);

  /** Reads every file to its end and returns those that cannot be; costs as much as a batch. */
  List<RefusedFile> unreadable(List<FileHead> files);
}
