package io.assay.bronze.landing;

import io.assay.batch.BatchInput;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.Optional;

/**
 * A bronze table is to be filled from another kind of source than before. What the one calls a
 * position means nothing to the other, and both may deliver the same events; so a person decides.
 *
 * @param before the kind that the newest batch read
 * @param now the kind that the dataset names
 */
public record SourceChange(TableName table, String before, String now) {
  /** What a person accepts to go on from the other source. */
  public static final String RULE = "source_change";

  private static final String FILES = "files";

  /**
   * The change that a dataset's source is.
   *
   * @param last the input of the newest finished batch of this epoch; empty at its start
   * @return empty if the source is of the kind that was read before, or none was
   */
  public static Optional<SourceChange> of(Dataset dataset, Optional<BatchInput> last) {
    String kind = dataset.pipeline().source().kind();
    return last.filter(input -> !isOf(input, kind))
        .map(input -> new SourceChange(dataset.bronze(), kind(input), kind));
  }

  /** Whether a source of this kind read the input, as far as it tells. */
  static boolean isOf(BatchInput input, String kind) {
    String read = kind(input);
    return read.isEmpty() || read.equals(kind);
  }

  private static String kind(BatchInput input) {
    if (input instanceof BatchInput.Positions positions) {
      return positions.source();
    }
    return input instanceof BatchInput.Files ? FILES : "";
  }

  static boolean isAcceptedBy(Decision decision) {
    return decision.accepted().containsKey(RULE);
  }

  /** Says that a batch of the source before must be completed by it. */
  AssayException interrupted(long batch) {
    return new AssayException(
        ExitCode.CONFIGURATION,
        "batch %d of %s was interrupted while its source was %s: run it once more with that source, then change to %s"
            .formatted(batch, table, before, now));
  }

  /** Says what changed, and how to go on. */
  AssayException failure() {
    return new AssayException(
        ExitCode.CONFIGURATION,
        "%s was filled from %s until now, and its source is %s. Nothing landed. If another environment is meant, name it with --env. To go on from %s, once and on record: assay bronze %s --accept %s --reason TEXT"
            .formatted(table, before, now, now, table.name(), RULE));
  }
}
