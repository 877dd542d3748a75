package io.assay.app.profile;

import io.assay.bronze.file.FilePreview;
import io.assay.bronze.record.CsvDialect;
import io.assay.bronze.record.FileStart;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import java.util.List;
import java.util.Optional;

/**
 * How files are read, found out from their names and the beginning of the first.
 *
 * @param source as a pipeline says it
 * @param columns what a CSV file without a header calls its columns; else empty
 */
record SourceGuess(Source.Files source, List<String> columns) {
  SourceGuess {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at files.
   *
   * @param told the format, if a person named one
   */
  static SourceGuess of(FilePreview files, SourcePlace place, Optional<FileFormat> told) {
    FileFormat named = told.orElseGet(() -> FileKind.of(files.paths()));
    return switch (named) {
      case CSV -> csv(files, place);
      case JSON -> json(files, place, told.isPresent());
      case JSON_ARRAY, TEXT -> text(files, place, named);
      case PARQUET, AVRO -> plain(place, named, "UTF-8", Source.Csv.DEFAULT);
    };
  }

  private static SourceGuess csv(FilePreview files, SourcePlace place) {
    CsvDialect dialect =
        files.first(CsvDialect::of).orElse(new CsvDialect("UTF-8", ",", true, List.of()));
    Source.Csv csv =
        new Source.Csv(
            dialect.delimiter(),
            Source.Csv.DEFAULT.quote(),
            Source.Csv.DEFAULT.escape(),
            dialect.header(),
            Optional.empty());
    return new SourceGuess(
        place.files(FileFormat.CSV, dialect.encoding(), csv),
        dialect.header() ? List.of() : dialect.columns());
  }

  /** A name that ends in .json is used for lines and for a single document. */
  private static SourceGuess json(FilePreview files, SourcePlace place, boolean told) {
    Optional<FileStart> start = files.first(FileStart::of);
    boolean lines = told || start.isEmpty() || lines(start.get());
    return plain(
        place,
        lines ? FileFormat.JSON : FileFormat.JSON_ARRAY,
        start.map(FileStart::encoding).orElse("UTF-8"),
        Source.Csv.DEFAULT);
  }

  private static boolean lines(FileStart start) {
    String line = start.firstLine().strip();
    return start.first() == 0 || (start.first() == '{' && line.endsWith("}"));
  }

  private static SourceGuess text(FilePreview files, SourcePlace place, FileFormat format) {
    String encoding = files.first(FileStart::of).map(FileStart::encoding).orElse("UTF-8");
    return plain(place, format, encoding, Source.Csv.DEFAULT);
  }

  private static SourceGuess plain(
      SourcePlace place, FileFormat format, String encoding, Source.Csv csv) {
    return new SourceGuess(place.files(format, encoding, csv), List.of());
  }
}
