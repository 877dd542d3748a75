package io.assay.bronze.file;

import io.assay.batch.BatchInput;
import io.assay.batch.ColumnChange;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.bronze.landing.BronzeAppend;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.record.ReadingRules;
import io.assay.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The files of one batch: their headers are read first, and then all files once. If that fails, the
 * files that cannot be read are found and refused, and the others read again.
 */
final class FileRange implements PulledRange {
  private final Intent intent;
  private final FileLedger ledger;
  private final FileFormatReader reader;
  private final List<String> notes = new ArrayList<>();
  private List<RefusedFile> refused = List.of();
  private List<FileHead> heads = List.of();

  FileRange(
      JobContext context,
      FileStore store,
      Map<String, String> options,
      FileLedger ledger,
      Intent intent) {
    this.intent = intent;
    this.ledger = ledger;
    SparkSession spark = context.spark();
    BronzeAppend table = new BronzeAppend(spark, context.project().warehouse(), intent.table());
    ReadingRules rules = LedgerJson.value(intent.configuration(), ReadingRules.class);
    this.reader =
        switch (rules.format()) {
          case CSV, JSON, JSON_ARRAY, TEXT -> new TextFiles(spark, store, rules);
          case PARQUET, AVRO ->
              new TypedFiles(spark, store, rules.format(), options, table.columns());
        };
  }

  @Override
  public void prepare() {
    if (intent.input() instanceof BatchInput.Files input) {
      heads = reading(() -> reader.heads(input.files()));
    }
    heads.forEach(head -> notes.addAll(head.notes()));
    refuse(heads.stream().flatMap(head -> head.refusal().stream()).toList());
    heads = heads.stream().filter(FileHead::records).toList();
  }

  @Override
  public void recall() {
    refused = ledger.refused(intent.batch());
  }

  @Override
  public boolean anything() {
    return !heads.isEmpty();
  }

  @Override
  public Dataset<Row> rows() {
    return reader.read(heads);
  }

  @Override
  public void mend(Exception failure) {
    List<RefusedFile> unreadable = reading(() -> reader.unreadable(heads));
    if (unreadable.isEmpty()) {
      throw ReadFailure.orItself(failure);
    }
    refuse(unreadable);
    Set<String> paths =
        unreadable.stream().map(each -> each.file().path()).collect(Collectors.toSet());
    heads = heads.stream().filter(head -> !paths.contains(head.file().path())).toList();
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>();
    refused.forEach(file -> all.add(file.note()));
    all.addAll(notes);
    return all;
  }

  @Override
  public List<ColumnChange> refusedChanges() {
    return refused.stream().flatMap(file -> file.changes().stream()).distinct().toList();
  }

  @Override
  public boolean partial() {
    return !refused.isEmpty();
  }

  /** Records refusals before the commit, so that they are known when it is rolled forward. */
  private void refuse(List<RefusedFile> more) {
    if (!more.isEmpty()) {
      List<RefusedFile> all = new ArrayList<>(refused);
      all.addAll(more);
      refused = List.copyOf(all);
      ledger.refuse(intent.batch(), refused);
    }
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare, so this must catch them all.
      throw ReadFailure.orItself(e);
    }
  }
}
