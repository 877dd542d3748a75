package io.assay.bronze.kafka;

import io.assay.batch.Decision;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a partition lost before it was read.
 *
 * @param text what is missing and where reading goes on, for people
 */
record MissingHistory(String text) {
  /** What a person accepts to go on behind it. */
  static final String RULE = "missing_history";

  static MissingHistory expired(Partition partition, long position) {
    return new MissingHistory(
        "offsets %d to %d of %s are no longer there; what is left begins at %d"
            .formatted(
                position, partition.beginning() - 1, partition.origin(), partition.beginning()));
  }

  static MissingHistory truncated(Partition partition, long position) {
    return new MissingHistory(
        "%s was read up to offset %d and ends at %d now: the cluster lost messages; what comes begins there"
            .formatted(partition.origin(), position, partition.end()));
  }

  static MissingHistory recreated(Partition partition, long position) {
    return new MissingHistory(
        "topic %s was made anew after %s had been read up to offset %d; the new one begins at %d"
            .formatted(partition.topic(), partition.origin(), position, partition.beginning()));
  }

  static boolean isAcceptedBy(Decision decision) {
    return decision.accepted().containsKey(RULE);
  }

  /** Says what is missing and how to go on. */
  static AssayException failure(TableName table, List<MissingHistory> missing) {
    return new AssayException(
        ExitCode.FAILURE,
        "%s cannot be continued: %s. Nothing landed. To go on with what is left, once and on record: assay bronze %s --accept %s --reason TEXT"
            .formatted(table, texts(missing), table.name(), RULE));
  }

  static String texts(List<MissingHistory> missing) {
    return missing.stream().map(MissingHistory::text).collect(Collectors.joining("; "));
  }
}
