package io.assay.bronze.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.SourceFile;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.LedgerJson;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files a bronze table's batches have dealt with: the inputs of finished batches, and beside
 * the ledger
 *
 * <pre>
 *   refused/0000000042.json        the files that batch 42 refused, and why; written before it commits
 *   seen/0001-0000000100.json.gz   everything up to batch 100 of epoch 1, so that a start need not read
 *                                  every batch there ever was; it can be deleted at any time
 * </pre>
 */
final class FileLedger {
  /** How many batches are read one by one at most. */
  static final int CHECKPOINT = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BatchLedger ledger;
  private final FileSystem files;
  private final int epoch;
  private SeenFiles seen;
  private long checkpoint;
  private long upTo;

  FileLedger(BatchLedger ledger, Configuration configuration) {
    this.ledger = ledger;
    this.epoch = ledger.epoch();
    try {
      this.files = ledger.root().getFileSystem(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files seen so far; brought up to date by each call. */
  SeenFiles seen() {
    if (seen == null) {
      seen = new SeenFiles();
      newestCheckpoint().forEach(this::readCheckpoint);
    }
    Iterator<FinishedBatch> done = ledger.doneAfter(upTo).iterator();
    // One look for all batches: few refuse anything.
    Set<String> refusals = done.hasNext() ? names(refusedFolder()) : Set.of();
    while (done.hasNext()) {
      FinishedBatch batch = done.next();
      upTo = batch.intent().batch();
      if (batch.intent().epoch() == epoch) {
        add(batch, refusals.contains(refusedBy(upTo).getName()) ? refused(upTo) : List.of());
      }
    }
    return seen;
  }

  /** Writes a checkpoint if enough batches have passed since the last. */
  void checkpoint() {
    if (upTo - checkpoint < CHECKPOINT) {
      return;
    }
    List<Path> old = newestCheckpoint();
    Path path = new Path(seenFolder(), "%04d-%010d.json.gz".formatted(epoch, upTo));
    write(path, true, seen.all().map(LedgerJson::text));
    checkpoint = upTo;
    old.forEach(this::delete);
  }

  /** Records what a batch refuses; replaces an earlier record of the same batch. */
  void refuse(long batch, List<RefusedFile> refused) {
    write(refusedBy(batch), false, refused.stream().map(LedgerJson::text));
  }

  List<RefusedFile> refused(long batch) {
    return read(refusedBy(batch), false, line -> parse(line, RefusedFile.class));
  }

  private void add(FinishedBatch batch, List<RefusedFile> refusals) {
    if (batch.intent().input() instanceof BatchInput.Files input) {
      Map<String, RefusedFile> refused = new HashMap<>();
      refusals.forEach(file -> refused.put(file.file().path(), file));
      for (SourceFile file : input.files()) {
        RefusedFile refusal = refused.get(file.path());
        if (refusal == null || !refusal.passing()) {
          seen.add(file, refusal != null);
        }
      }
    }
  }

  private List<Path> newestCheckpoint() {
    return names(seenFolder()).stream()
        .filter(name -> name.startsWith("%04d-".formatted(epoch)))
        .max(Comparator.naturalOrder())
        .map(name -> new Path(seenFolder(), name))
        .stream()
        .toList();
  }

  private Set<String> names(Path folder) {
    try {
      return Arrays.stream(files.listStatus(folder))
          .map(status -> status.getPath().getName())
          .collect(Collectors.toSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readCheckpoint(Path path) {
    read(path, true, line -> parse(line, SeenFiles.Seen.class)).forEach(seen::add);
    upTo = Long.parseLong(path.getName().substring(5, 15));
    checkpoint = upTo;
  }

  private Path seenFolder() {
    return new Path(ledger.root(), "seen");
  }

  private Path refusedFolder() {
    return new Path(ledger.root(), "refused");
  }

  private Path refusedBy(long batch) {
    return new Path(refusedFolder(), "%010d.json".formatted(batch));
  }

  private <T> List<T> read(Path path, boolean compressed, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    try (var stored = files.open(path);
        var bytes = compressed ? new GZIPInputStream(stored) : stored;
        var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      lines.lines().map(parser).forEach(values::add);
      return values;
    } catch (FileNotFoundException e) {
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes beside the place first, so that a file is there whole or not at all. */
  private void write(Path path, boolean compressed, Stream<String> lines) {
    Path draft = new Path(path.getParent(), "." + path.getName());
    try {
      try (var stored = files.create(draft, true);
          var bytes = compressed ? new GZIPOutputStream(stored) : stored;
          Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
        for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
          out.write(each.next() + "\n");
        }
      }
      files.delete(path, false);
      files.rename(draft, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(Path path) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T parse(String line, Class<T> type) {
    try {
      return LedgerJson.value(JSON.readTree(line), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
