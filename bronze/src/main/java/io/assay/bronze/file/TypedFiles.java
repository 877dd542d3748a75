package io.assay.bronze.file;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ColumnNames;
import io.assay.config.Source;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Parquet and Avro files: Spark's readers, columns as typed. */
final class TypedFiles implements FileFormatReader {
  private static final String PATH = "_assay_path";
  private static final String INDEX = "_assay_index";

  private final SparkSession spark;
  private final FileStore store;
  private final Source.FileFormat format;
  private final Map<String, String> options;
  private final StructType target;

  /**
   * @param options Hadoop settings of the store
   * @param target the bronze table's columns; empty if there is no table yet
   */
  TypedFiles(
      SparkSession spark,
      FileStore store,
      Source.FileFormat format,
      Map<String, String> options,
      StructType target) {
    this.spark = spark;
    this.store = store;
    this.format = format;
    this.options = options;
    this.target = target;
  }

  @Override
  public List<FileHead> heads(List<SourceFile> files) {
    return FileHeads.of(files, file -> FileHead.typed(store, file));
  }

  @Override
  public Dataset<Row> read(List<FileHead> heads) {
    List<SourceFile> files = heads.stream().map(FileHead::file).toList();
    return alike(files).stream()
        .map(this::read)
        .reduce((some, more) -> some.unionByName(more, true))
        .orElseThrow();
  }

  /**
   * Files that can be read together. Spark takes one Avro file's schema for all, and what the
   * others hold beyond it would be lost.
   *
   * @throws IllegalStateException if a column has different types
   */
  private Collection<List<SourceFile>> alike(List<SourceFile> files) {
    if (format != Source.FileFormat.AVRO) {
      return List.of(files);
    }
    Map<String, DataType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<StructType, List<SourceFile>> alike = new LinkedHashMap<>();
    for (SourceFile file : files) {
      StructType schema = load(List.of(file)).schema();
      alike.computeIfAbsent(schema, none -> new ArrayList<>()).add(file);
      for (StructField field : schema.fields()) {
        DataType before = types.putIfAbsent(field.name(), field.dataType());
        if (before != null && !sameType(before, field.dataType())) {
          throw new IllegalStateException("column " + field.name() + " has different types");
        }
      }
    }
    return alike.values();
  }

  private Dataset<Row> read(Collection<SourceFile> together) {
    List<SourceFile> files = List.copyOf(together);
    Dataset<Row> rows = load(files);
    List<String> told = Arrays.asList(rows.columns());
    Dataset<Row> named = rows.select(columns(told, files));
    Dataset<Row> numbered = format == Source.FileFormat.AVRO ? numbered(named) : named;
    return numbered
        .withColumn(
            RowColumns.SOURCE,
            struct(
                col(PATH).as("origin"),
                col(INDEX).plus(1).as("position"),
                lit(null).cast(DataTypes.StringType).as("key")))
        .drop(PATH, INDEX)
        .withColumn(RowColumns.PROBLEM, lit(null).cast(DataTypes.StringType))
        .withColumn(RowColumns.RAW, lit(null).cast(DataTypes.StringType));
  }

  @Override
  public List<RefusedFile> unreadable(List<FileHead> heads) {
    Map<String, StructField> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(target.fields()).forEach(field -> known.put(field.name(), field));
    List<RefusedFile> refused = new ArrayList<>();
    for (FileHead head : heads) {
      unreadable(head, known)
          // That it was taken away meanwhile says nothing against its content.
          .map(why -> FileHead.typed(store, head.file()).refusal().orElse(why))
          .ifPresent(refused::add);
    }
    return refused;
  }

  private Optional<RefusedFile> unreadable(FileHead head, Map<String, StructField> known) {
    try {
      Dataset<Row> rows = read(List.of(head));
      for (StructField field : rows.schema().fields()) {
        StructField other = known.get(field.name());
        if (other != null && !sameType(field.dataType(), other.dataType())) {
          return Optional.of(RefusedFile.retyped(head.file(), field, other));
        }
      }
      rows.write().format("noop").mode("overwrite").save();
      Arrays.stream(rows.schema().fields())
          .forEach(field -> known.putIfAbsent(field.name(), field));
      return Optional.empty();
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      return Optional.of(new RefusedFile(head.file(), ReadFailure.rethrowOrDescribe(e), false));
    }
  }

  private static boolean sameType(DataType a, DataType b) {
    return a.asNullable().equals(b.asNullable());
  }

  private Dataset<Row> load(List<SourceFile> files) {
    SparkSession reading = spark;
    if (format == Source.FileFormat.AVRO) {
      reading = unsplitting(files);
    }
    return reading
        .read()
        .format(format.name().toLowerCase(Locale.ROOT))
        .options(storeOptions(files))
        .option("mergeSchema", "true")
        // As in every session of ours; said here too, since a read's own options win over any
        // session.
        .option("ignoreCorruptFiles", "false")
        .option("ignoreMissingFiles", "false")
        .load(
            files.stream().map(SourceFile::path).map(TypedFiles::literally).toArray(String[]::new));
  }

  /** The store's settings, for file systems of this read alone: see {@link FileStore}. */
  private Map<String, String> storeOptions(List<SourceFile> files) {
    Map<String, String> settings = new TreeMap<>(options);
    String scheme = new Path(files.get(0).path()).toUri().getScheme();
    if (!options.isEmpty()) {
      settings.put("fs.%s.impl.disable.cache".formatted(scheme), "true");
    }
    return settings;
  }

  /**
   * A session whose scans keep files whole, so that rows can be numbered where they are read. Spark
   * splits at the total size by the number of partitions it wants, so few enough are asked for.
   */
  private SparkSession unsplitting(List<SourceFile> files) {
    SparkSession session = spark.newSession();
    long perFile = 4L << 20;
    long total = files.stream().mapToLong(file -> file.bytes() + perFile).sum();
    long largest = files.stream().mapToLong(file -> file.bytes() + perFile).max().orElse(1);
    session.conf().set("spark.sql.files.openCostInBytes", perFile);
    session.conf().set("spark.sql.files.maxPartitionBytes", Long.MAX_VALUE);
    session.conf().set("spark.sql.files.minPartitionNum", Math.max(1, total / largest));
    return session;
  }

  private Column[] columns(List<String> told, List<SourceFile> files) {
    List<String> names = ColumnNames.of(told).names();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      columns.add(col("`" + told.get(i).replace("`", "``") + "`").as(names.get(i)));
    }
    columns.add(path(files).as(PATH));
    columns.add(
        (format == Source.FileFormat.AVRO ? lit(0L) : col("_metadata.row_index")).as(INDEX));
    return columns.toArray(Column[]::new);
  }

  /** Spark tells a path as a URI; where that differs from the path, it is translated back. */
  private static Column path(List<SourceFile> files) {
    Column told = col("_metadata.file_path");
    List<Column> translations = new ArrayList<>();
    for (SourceFile file : files) {
      String uri = new Path(file.path()).toUri().toString();
      if (!uri.equals(file.path())) {
        translations.add(lit(uri));
        translations.add(lit(file.path()));
      }
    }
    return translations.isEmpty()
        ? told
        : coalesce(element_at(map(translations.toArray(Column[]::new)), told), told);
  }

  private static Dataset<Row> numbered(Dataset<Row> rows) {
    int width = rows.schema().length();
    return rows.mapPartitions(
        (MapPartitionsFunction<Row, Row>) each -> new Numbered(each, width),
        Encoders.row(rows.schema()));
  }

  /** Hadoop takes a path for a pattern: its special characters are escaped. */
  private static String literally(String path) {
    return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }

  /** Numbers the rows of each file; a partition holds whole files, one after the other. */
  private static final class Numbered implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int width;
    private String path = "";
    private long index;

    Numbered(Iterator<Row> rows, int width) {
      this.rows = rows;
      this.width = width;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      String origin = row.getString(width - 2);
      index = origin.equals(path) ? index + 1 : 0;
      path = origin;
      Object[] values = new Object[width];
      for (int i = 0; i < width - 1; i++) {
        values[i] = row.get(i);
      }
      values[width - 1] = index;
      return RowFactory.create(values);
    }
  }
}
