package io.assay.config;

import io.assay.document.Setting;
import io.assay.table.TableName;
import java.util.Optional;

/** Where a dataset's rows come from: one record per kind of source. */
public sealed interface Source {

  /**
   * How the fields of its records stand in bronze.
   *
   * @param project the project that has the source
   */
  Payload payload(Project project);

  /** Files below a path. */
  @Setting("Files below a path; every matching file is read exactly once.")
  record Files(
      @Setting(
              "The store that the path is relative to. Without one the path is a URI, absolute, or"
                  + " relative to the project's folder.")
          Optional<String> connection,
      @Setting("A Hadoop glob such as incoming/*.csv.gz.") String path,
      @Setting(
              "How a file is read: csv, json (JSON Lines), json_array (one document a file),"
                  + " parquet, avro, or text (one record a line). Compression is told by the name: .gz,"
                  + " .bz2, .zst.")
          FileFormat format,
      @Setting(
              value = "The character set of text formats. A byte order mark wins over it.",
              otherwise = "UTF-8")
          String encoding,
      @Setting("The dialect of CSV files.") Csv csv,
      @Setting("What a single record may cost; more makes it a problem row.") Limits limits)
      implements Source {
    @Override
    public Payload payload(Project project) {
      return switch (format) {
        case JSON, JSON_ARRAY -> Payload.JSON;
        case CSV, PARQUET, AVRO, TEXT -> Payload.COLUMNS;
      };
    }
  }

  /** The bronze table of another dataset: one landing feeds several silver tables. */
  @Setting("The bronze table of another dataset, or an imported one.")
  record Table(
      @Setting(
              "The bronze table of another dataset, such as bronze.invoice_lines: one landing can"
                  + " feed several silver tables. An imported table will do, too.")
          TableName table)
      implements Source {
    /** As the dataset says whose table it is, or the import. */
    @Override
    public Payload payload(Project project) {
      return project.settings().imports().values().stream()
          .filter(each -> each.tables().containsKey(table.toString()))
          .findFirst()
          .map(each -> each.documents().contains(table) ? Payload.JSON : Payload.COLUMNS)
          .orElseGet(
              () -> project.datasets().get(table.name()).pipeline().source().payload(project));
    }
  }

  /**
   * How a file is read. Compression is told by the name: {@code .gz}, {@code .bz2}, {@code .zst}.
   */
  enum FileFormat {
    CSV,
    /** JSON Lines: one document a line. */
    JSON,
    /** One JSON document a file; an array's elements are its records. */
    JSON_ARRAY,
    PARQUET,
    AVRO,
    /** One record a line, in {@code _value}. */
    TEXT
  }

  /** The dialect of CSV files. */
  record Csv(
      @Setting("Between fields.") String delimiter,
      @Setting("Around fields.") String quote,
      @Setting("Before a quote inside quotes.") String escape,
      @Setting(
              "Whether the first record names the columns; otherwise they are the contract's, by"
                  + " position.")
          boolean header,
      @Setting("Lines that begin with this character are skipped.") Optional<String> comment) {
    public static final Csv DEFAULT = new Csv(",", "\"", "\"", true, Optional.empty());
  }

  /** What one record may cost; more makes it a problem row. */
  record Limits(
      @Setting(
              value = "The size of a record in bytes of its decoded text.",
              unit = Setting.Unit.SIZE)
          long recordBytes,
      @Setting("The nesting of a JSON document.") int depth) {
    public static final Limits DEFAULT = new Limits(10L << 20, 100);
  }
}
