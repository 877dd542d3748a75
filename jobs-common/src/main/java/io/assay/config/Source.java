package io.assay.config;

import io.assay.document.Setting;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a dataset's rows come from: one record per kind of source. */
public sealed interface Source
    permits Source.Files, Source.Kafka, Source.Jdbc, Source.Http, Source.Table {

  /**
   * How the fields of its records stand in bronze.
   *
   * @param project the project that has the source
   */
  Payload payload(Project project);

  /** The kind's name, as a dataset's {@code source} has it. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

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

  /** Topics of a Kafka cluster. */
  @Setting("Topics of a Kafka cluster; every message is read exactly once.")
  record Kafka(
      @Setting("The cluster.") String connection,
      @Setting("The topic's name. Or name topics, or a pattern.") Optional<String> topic,
      @Setting("Several topics, by their names.") List<String> topics,
      @Setting("A regular expression of Java: every topic whose whole name fits is read.")
          Optional<String> pattern,
      @Setting(
              value =
                  "What a message's value is: json (one document), avro (which lands as a JSON"
                      + " document), text (UTF-8) or bytes (as they are).",
              otherwise = "json")
          MessageFormat format,
      @Setting(
              "The Avro schema that values are written with, as JSON. Without one they are in"
                  + " Confluent's wire format, and the connection's registry has the schemas.")
          Optional<String> schema,
      @Setting(
              value =
                  "Where reading begins: earliest, latest (what comes after the first run), or a"
                      + " time such as 2026-01-01T00:00:00Z. Partitions that appear later are read"
                      + " from their beginning, or from that time on.",
              otherwise = "earliest")
          Start start,
      @Setting(
              "The offsets at which reading begins, by partition, such as payments-0; the others"
                  + " begin as start says.")
          Map<String, Long> offsets,
      @Setting("What a single message may cost; more makes it a problem row.") Limits limits)
      implements Source {
    @Override
    public Payload payload(Project project) {
      return switch (format) {
        case JSON, AVRO -> Payload.JSON;
        case TEXT, BYTES -> Payload.COLUMNS;
      };
    }
  }

  /** A table of a database, or what a query tells of it. */
  @Setting(
      "A table of a database, or a query: with a watermark every row once for each of its changes,"
          + " without one all rows again and again, as snapshots.")
  record Jdbc(
      @Setting("The database.") String connection,
      @Setting("The table, such as public.orders, in the case that it has there. Or a query.")
          Optional<String> table,
      @Setting("A query in the database's own SQL, whose rows are taken as a table's.")
          Optional<String> query,
      @Setting("What tells new and changed rows. Without it every row is read, as a snapshot.")
          Optional<Watermark> watermark,
      @Setting("The columns that tell rows apart; needed with a watermark.") List<String> key,
      @Setting(
              "How often a snapshot is due: at the first run of each such span, counted from"
                  + " midnight in the business zone. P1D unless it is said.")
          Optional<Duration> every,
      @Setting(value = "How many rows are fetched at once, and held in memory.", otherwise = "5000")
          int fetchSize)
      implements Source {
    @Override
    public Payload payload(Project project) {
      return Payload.COLUMNS;
    }
  }

  /** What tells new and changed rows of a table. */
  record Watermark(
      @Setting(
              "A column that grows with every change of a row: a time, a date, or a number. A row"
                  + " without a value in it is not read, and the run says how many there are.")
          String column,
      @Setting(
              "How far behind the newest value rows are looked for once more: a duration such as"
                  + " PT10M, for a number a number. It must be longer than the longest transaction"
                  + " that writes the table.")
          Overlap overlap) {}

  /** An endpoint of an HTTP API. */
  @Setting("An endpoint of an HTTP API that answers with JSON; each page of an answer is a row.")
  record Http(
      @Setting("The API.") String connection,
      @Setting("Below the connection's url, such as sensors/readings.") String path,
      @Setting("Parameters that are sent with every request.") Map<String, String> parameters,
      @Setting("How the next page is told. Without it there is one page.")
          Optional<HttpPaging> paging,
      @Setting(
              "Where the array of records stands in an answer, such as data.items. Without it the"
                  + " answer is the array, or a single record.")
          Optional<String> records,
      @Setting("How only what is new is asked for. Without it everything is read each time.")
          Optional<HttpIncremental> incremental,
      @Setting("What a single page may cost; more makes it a problem row.") Limits limits)
      implements Source {
    @Override
    public Payload payload(Project project) {
      return Payload.JSON;
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

  /** What a message's value is. */
  enum MessageFormat {
    /** One JSON document. */
    JSON,
    /** Avro's binary form; it lands as a JSON document. */
    AVRO,
    /** UTF-8. */
    TEXT,
    /** Anything. */
    BYTES
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
              value =
                  "The size of a record in bytes of its decoded text; of a message or a page, in"
                      + " bytes.",
              unit = Setting.Unit.SIZE)
          long recordBytes,
      @Setting("The nesting of a JSON document.") int depth) {
    public static final Limits DEFAULT = new Limits(10L << 20, 100);
  }
}
