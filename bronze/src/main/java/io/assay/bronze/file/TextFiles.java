package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ReadingRules;
import io.assay.bronze.record.RecordReader;
import io.assay.bronze.record.UnreadableFile;
import io.assay.table.RowColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV, JSON and text files: read by Assay, since Spark's readers tell neither place nor problem.
 */
final class TextFiles implements FileFormatReader {
  private final SparkSession spark;
  private final FileStore store;
  private final ReadingRules rules;

  TextFiles(SparkSession spark, FileStore store, ReadingRules rules) {
    this.spark = spark;
    this.store = store;
    this.rules = rules;
  }

  @Override
  public List<FileHead> heads(List<SourceFile> files) {
    return FileHeads.of(files, file -> FileHead.read(store, rules, file));
  }

  @Override
  public Dataset<Row> read(List<FileHead> heads) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (FileHead head : heads) {
      head.columns().forEach(name -> columns.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    }
    HashMap<String, Integer> places = new HashMap<>();
    StructType schema = new StructType();
    for (Map.Entry<String, String> column : columns.entrySet()) {
      places.put(column.getKey(), places.size());
      schema = schema.add(column.getValue(), DataTypes.StringType);
    }
    schema =
        schema
            .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
            .add(RowColumns.PROBLEM, DataTypes.StringType)
            .add(RowColumns.RAW, DataTypes.StringType);
    FileStore opener = store;
    ReadingRules how = rules;
    JavaRDD<InternalRow> rows =
        shared(heads)
            .flatMap(group -> closedWithTask(new TextRows(opener, how, group, places), opener));
    return spark.internalCreateDataFrame(rows.rdd(), schema, false);
  }

  @Override
  public List<RefusedFile> unreadable(List<FileHead> heads) {
    FileStore opener = store;
    ReadingRules how = rules;
    Map<String, SourceFile> files = new HashMap<>();
    heads.forEach(head -> files.put(head.file().path(), head.file()));
    return shared(heads)
        .flatMap(
            group ->
                group.stream().flatMap(file -> readThrough(opener, how, file).stream()).iterator())
        .collect()
        .stream()
        .map(unreadable -> RefusedFile.of(files.get(unreadable.path()), unreadable))
        .toList();
  }

  private JavaRDD<ArrayList<SourceFile>> shared(List<FileHead> heads) {
    List<SourceFile> files = heads.stream().map(FileHead::file).toList();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ArrayList<SourceFile>> groups = FileGroups.of(files, context.defaultParallelism());
    return context.parallelize(groups, Math.max(1, groups.size()));
  }

  private static TextRows closedWithTask(TextRows rows, FileStore store) {
    TaskContext.get()
        .addTaskCompletionListener(
            task -> {
              rows.close();
              try {
                store.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return rows;
  }

  private static Optional<UnreadableFile> readThrough(
      FileStore store, ReadingRules rules, SourceFile file) {
    try (RecordReader reader = store.open(rules, file)) {
      while (reader.next().isPresent()) {
        continue;
      }
      return Optional.empty();
    } catch (UnreadableFile e) {
      return Optional.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
