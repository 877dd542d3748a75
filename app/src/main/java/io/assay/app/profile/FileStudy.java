package io.assay.app.profile;

import io.assay.bronze.file.FilePreview;
import io.assay.config.DatasetPipeline;
import io.assay.config.Debezium;
import io.assay.config.Format;
import io.assay.config.Gate;
import io.assay.config.History;
import io.assay.config.Payload;
import io.assay.config.Snapshot;
import io.assay.config.Source;
import io.assay.contract.Contract;
import io.assay.contract.ContractLoader;
import io.assay.document.Problems;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Profiler;
import io.assay.quality.profile.TableProfile;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.ConformedFile;
import io.assay.table.RowColumns;
import io.assay.table.SourceNames;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;

/**
 * Studies files: reads them as bronze does, infers what their columns are, conforms them as silver
 * does, and profiles what comes out. So what is told here is what a dataset would hold.
 */
final class FileStudy {
  private static final String UTF_8 = "UTF-8";

  private final SparkSession spark;
  private final String name;
  private final String file;

  /**
   * @param name what the dataset is to be called
   * @param file what the files are called in descriptions
   */
  FileStudy(SparkSession spark, String name, String file) {
    this.spark = spark;
    this.name = name;
    this.file = file;
  }

  /**
   * Studies the files of a place.
   *
   * @param told the format, if a person named one
   * @throws AssayException with exit code 2 if there are none, or their format cannot be told
   */
  FileProfile of(SourcePlace place, Optional<Source.FileFormat> told) {
    try (FilePreview files = open(place)) {
      if (files.paths().isEmpty()) {
        throw new AssayException(
            ExitCode.USAGE,
            "no file matches %s; names that begin with _ or . are left out"
                .formatted(place.pattern()));
      }
      SourceGuess guess = SourceGuess.of(files, place, told);
      return files.study(
          spark, guess.source(), guess.columns(), rows -> stored(guess.source(), rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FilePreview open(SourcePlace place) {
    return FilePreview.of(place.pattern(), place.options(), spark.sessionState().newHadoopConf());
  }

  private FileProfile stored(Source.Files source, FilePreview.Rows preview) {
    Dataset<Row> raw = preview.rows().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return study(source, preview.files(), raw, new ArrayList<>(preview.notes()));
    } finally {
      raw.unpersist();
    }
  }

  private FileProfile study(Source.Files source, int files, Dataset<Row> raw, List<String> notes) {
    List<ProposedColumn> columns = columns(source, raw);
    assumedEncoding(source).ifPresent(notes::add);
    ChangeMessages.note(source, columns).ifPresent(notes::add);
    if (columns.isEmpty()) {
      TableProfile nothing = new TableProfile(0, List.of());
      return new FileProfile(source, files, columns, nothing, 0, notes);
    }
    ConformedFile conformed = conformed(source, columns, raw);
    Set<String> misfits = conformed.misfits();
    if (!misfits.isEmpty()) {
      columns = columns.stream().map(column -> asText(column, misfits)).toList();
      conformed = conformed(source, columns, raw);
    }
    Dataset<Row> rows = conformed.rows().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      TableProfile profile = Profiler.of(rows);
      List<ProposedColumn> told = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        ColumnProfile column = profile.columns().get(i);
        told.add(columns.get(i).orPersonal(PersonalGuess.ofValues(column.values())));
      }
      return new FileProfile(source, files, told, profile, conformed.unreadable(), notes);
    } finally {
      rows.unpersist();
    }
  }

  private static Optional<String> assumedEncoding(Source.Files source) {
    return Optional.of(source.encoding())
        .filter(encoding -> !encoding.equals(UTF_8))
        .map(
            ("the file is not UTF-8, and is taken as %s, as most such files are; if letters come out"
                    + " wrong, put its encoding into pipeline.yaml")
                ::formatted);
  }

  private List<ProposedColumn> columns(Source.Files source, Dataset<Row> raw) {
    return switch (source.format()) {
      case CSV -> inferred(SourceEvidence.ofColumns(readable(raw), sourceColumns(raw)));
      case JSON, JSON_ARRAY -> inferred(SourceEvidence.ofDocuments(readable(raw)));
      case TEXT ->
          List.of(
              new ProposedColumn(
                  "line",
                  RowColumns.VALUE,
                  Optional.of(RowColumns.VALUE),
                  InferredType.text("A whole line of the file."),
                  Optional.empty()));
      case PARQUET, AVRO -> typed(raw);
    };
  }

  private static Dataset<Row> readable(Dataset<Row> raw) {
    return raw.where(functions.col(RowColumns.PROBLEM).isNull());
  }

  private static List<ProposedColumn> inferred(Map<String, TextEvidence> evidence) {
    List<String> sources = List.copyOf(evidence.keySet());
    List<String> names = SafeNames.ofColumns(sources);
    List<ProposedColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      TextEvidence seen = evidence.get(sources.get(i));
      Optional<String> personal =
          PersonalGuess.of(names.get(i), seen.emails())
              .or(() -> PersonalGuess.ofFields(seen.fields()));
      InferredType type = InferredType.of(seen);
      boolean code = personal.filter(PersonalGuess::isCode).isPresent();
      columns.add(
          new ProposedColumn(
              names.get(i),
              sources.get(i),
              Optional.empty(),
              code ? InferredType.text(type.remark()) : type,
              personal));
    }
    return columns;
  }

  private static List<ProposedColumn> typed(Dataset<Row> raw) {
    List<String> sources = sourceColumns(raw);
    List<String> names = SafeNames.ofColumns(sources);
    List<ProposedColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      DataType type = raw.schema().apply(sources.get(i)).dataType();
      columns.add(
          new ProposedColumn(
              names.get(i),
              sources.get(i),
              Optional.empty(),
              InferredType.plain(type),
              PersonalGuess.of(names.get(i), false)
                  .or(() -> PersonalGuess.ofFields(NestedNames.of(type)))));
    }
    return columns;
  }

  private static List<String> sourceColumns(Dataset<Row> raw) {
    return Arrays.stream(raw.columns())
        .filter(column -> !SourceNames.INTERNAL.contains(column))
        .toList();
  }

  private static ProposedColumn asText(ProposedColumn column, Set<String> misfits) {
    return misfits.contains(column.name())
        ? column.withType(InferredType.text("Mixed, so it is text."))
        : column;
  }

  private ConformedFile conformed(
      Source.Files source, List<ProposedColumn> columns, Dataset<Row> raw) {
    Contract contract = contract(columns);
    boolean documents =
        source.format() == Source.FileFormat.JSON
            || source.format() == Source.FileFormat.JSON_ARRAY;
    return ConformedFile.of(raw, configuration(contract, documents, columns));
  }

  private Contract contract(List<ProposedColumn> columns) {
    Problems problems = new Problems();
    Optional<Contract> contract =
        new ContractLoader(problems, Map.of())
            .load(ContractLoader.FILE, new ContractDraft(name, file, columns).bare(), name);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the proposed contract is wrong: " + problems.all());
    }
    return contract.orElseThrow();
  }

  private CleanConfiguration configuration(
      Contract contract, boolean documents, List<ProposedColumn> columns) {
    Map<String, String> expressions = new java.util.TreeMap<>();
    columns.forEach(
        column -> column.expression().ifPresent(text -> expressions.put(column.name(), text)));
    return new CleanConfiguration(
        name,
        TableName.bronze(name),
        documents ? Payload.JSON : Payload.COLUMNS,
        Format.PLAIN,
        Debezium.DEFAULT,
        Snapshot.DEFAULT,
        false,
        ZoneOffset.UTC,
        Optional.empty(),
        expressions,
        Optional.empty(),
        History.NONE,
        DatasetPipeline.Drift.RESCUE,
        Optional.empty(),
        Gate.DEFAULT,
        contract,
        Map.of());
  }
}
