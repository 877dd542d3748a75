package io.assay.gold.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.assay.batch.LedgerJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How far the delivery in hand has come: a file beside the ledger, {@code sent.json}. */
final class SentRequests {
  private final Path file;
  private final Configuration configuration;

  /**
   * @param root of the publication's ledger
   */
  SentRequests(Path root, Configuration configuration) {
    this.file = new Path(root, "sent.json");
    this.configuration = configuration;
  }

  /**
   * How far a delivery has come.
   *
   * @param delivery names its content
   * @param taken how many of its requests the API has taken
   * @param refused whether the next one was refused
   * @param earlier deliveries of other batches that were begun and had not ended when it began
   * @param begun these and itself
   */
  record Sent(
      long batch,
      String delivery,
      long taken,
      boolean refused,
      Optional<Begun> earlier,
      Begun begun) {
    /** What tells only that there was something. */
    private static final Sent TORN =
        new Sent(Long.MAX_VALUE, "", 0, false, Optional.empty(), Begun.UNKNOWN);

    Sent after(long requests) {
      return new Sent(batch, delivery, requests, false, earlier, begun);
    }

    Sent refusal() {
      return new Sent(batch, delivery, taken, true, earlier, begun);
    }
  }

  /**
   * What was noted last; empty if nothing was. If it was torn by a crash, it is of no batch, and
   * newer than all.
   */
  Optional<Sent> read() {
    try (FSDataInputStream in = store().open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(LedgerJson.value(text, Sent.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (ChecksumException e) {
      return Optional.of(Sent.TORN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof JsonProcessingException) {
        return Optional.of(Sent.TORN);
      }
      throw e;
    }
  }

  void write(Sent sent) {
    try (FSDataOutputStream out = store().create(file, true)) {
      out.write(LedgerJson.text(sent).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileSystem store() throws IOException {
    return file.getFileSystem(configuration);
  }
}
