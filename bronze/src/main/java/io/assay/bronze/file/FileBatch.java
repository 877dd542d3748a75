package io.assay.bronze.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.Verdict;
import io.assay.bronze.landing.BronzeAppend;
import io.assay.bronze.landing.BronzeRows;
import io.assay.bronze.record.ReadingRules;
import io.assay.job.JobContext;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One batch of files: their headers are read, then all files are read once, by the append itself.
 * If that fails, the files that cannot be read are found and refused, and the others appended.
 */
final class FileBatch implements BatchAttempt {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Intent intent;
  private final FileLedger ledger;
  private final TableLog log;
  private final String application;
  private final FileFormatReader reader;
  private final BronzeAppend append;
  private final List<String> notes = new ArrayList<>();
  private List<RefusedFile> refused = List.of();
  private List<FileHead> heads = List.of();
  private boolean landed;

  FileBatch(
      JobContext context,
      FileStore store,
      Map<String, String> options,
      FileLedger ledger,
      Intent intent) {
    this.intent = intent;
    this.ledger = ledger;
    this.log = new TableLog(context.spark(), context.project().warehouse(), intent.table());
    this.application = intent.application(FileWork.STEP);
    this.append = new BronzeAppend(context.spark(), context.project().warehouse(), intent.table());
    ReadingRules rules = rules(intent);
    this.reader =
        switch (rules.format()) {
          case CSV, JSON, JSON_ARRAY, TEXT -> new TextFiles(context.spark(), store, rules);
          case PARQUET, AVRO ->
              new TypedFiles(context.spark(), store, rules.format(), options, append.columns());
        };
  }

  @Override
  public Verdict stage() {
    if (log.addedBy(application, intent.batch()).isPresent()) {
      landed = true;
      refused = ledger.refused(intent.batch());
      return Verdict.PASS;
    }
    if (intent.input() instanceof BatchInput.Files input) {
      heads = reading(() -> reader.heads(input.files()));
    }
    heads.forEach(head -> notes.addAll(head.notes()));
    refuse(heads.stream().flatMap(head -> head.refusal().stream()).toList());
    heads = heads.stream().filter(FileHead::records).toList();
    return Verdict.PASS;
  }

  @Override
  public List<BatchStep> steps() {
    return heads.isEmpty() && !landed
        ? List.of()
        : List.of(new BatchStep(FileWork.STEP, intent.table(), this::write));
  }

  @Override
  public Account account() {
    return Account.appended(log.addedBy(application, intent.batch()).orElse(0));
  }

  @Override
  public Optional<Account> foreseen() {
    return Optional.empty();
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>();
    refused.forEach(file -> all.add(file.note()));
    all.addAll(notes);
    return all;
  }

  @Override
  public boolean partial() {
    return !refused.isEmpty();
  }

  @Override
  public void close() {
    heads = List.of();
  }

  private void write(CommitTag tag) {
    try {
      append.commit(BronzeRows.landed(reader.read(heads), intent), tag);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare, so this must catch them all.
      writeReadable(tag, e);
    }
  }

  private void writeReadable(CommitTag tag, Exception failure) {
    List<RefusedFile> unreadable = reading(() -> reader.unreadable(heads));
    if (unreadable.isEmpty()) {
      throw StoreFailure.orItself(failure);
    }
    refuse(unreadable);
    Set<String> paths =
        unreadable.stream().map(each -> each.file().path()).collect(Collectors.toSet());
    heads = heads.stream().filter(head -> !paths.contains(head.file().path())).toList();
    if (!heads.isEmpty()) {
      append.commit(BronzeRows.landed(reader.read(heads), intent), tag);
    }
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
      throw StoreFailure.orItself(e);
    }
  }

  private static ReadingRules rules(Intent intent) {
    try {
      return JSON.treeToValue(intent.configuration(), ReadingRules.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
