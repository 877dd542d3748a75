package io.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import io.assay.contract.ContractColumn;
import io.assay.contract.OnFailure;
import io.assay.contract.OwnRules;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.Finding;
import io.assay.quality.Finding.Result;
import io.assay.silver.SnapshotEvents.Part;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.EventColumns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Judges whether the snapshots of a batch may be taken: each must be whole, and newer than all that
 * were taken before, unless it repeats one of them row by row.
 */
final class SnapshotFindings {
  /** The name under which a person accepts a snapshot in more files than one has. */
  static final String FILES = OwnRules.SNAPSHOT_FILES;

  /** The name under which a person accepts a snapshot that is older than one taken before. */
  static final String ORDER = OwnRules.SNAPSHOT_ORDER;

  /** The name under which a person accepts other rows of a snapshot that was taken before. */
  static final String REPEAT = OwnRules.SNAPSHOT_REPEAT;

  private final CleanConfiguration configuration;
  private final StagedBatch staged;
  private final List<Part> parts;
  private final Optional<Dataset<Row>> near;

  /**
   * @param events the accepted events as they were before the batch; empty if there are none
   */
  SnapshotFindings(
      CleanConfiguration configuration,
      StagedBatch staged,
      List<Part> parts,
      Optional<Dataset<Row>> events) {
    this.configuration = configuration;
    this.staged = staged;
    this.parts = parts;
    this.near = parts.isEmpty() ? Optional.empty() : events.map(this::notBeforeTheFirst);
  }

  /**
   * The findings, in order.
   *
   * @throws AssayException with exit code 5 if a new snapshot is not whole yet: the batch is
   *     planned anew, with what lands until then
   */
  List<Finding> all() {
    List<Row> taken = taken();
    List<Part> repeated = parts.stream().filter(part -> taken.contains(part.sequence())).toList();
    List<Part> late =
        parts.stream()
            .filter(part -> !repeated.contains(part))
            .filter(part -> taken.stream().anyMatch(one -> compare(one, part.sequence()) > 0))
            .toList();
    List<Part> fresh = parts.stream().filter(part -> !repeated.contains(part)).toList();
    requireWhole(fresh);
    int files = configuration.snapshot().files();
    return List.of(
        finding(
            FILES,
            fresh.stream().filter(part -> part.files() > files).toList(),
            "stand in more files than snapshot.files says, which is %d; correct it, or accept them, and all their files are one snapshot"
                .formatted(files)),
        finding(
            ORDER,
            late,
            "are older than one that was taken before; reject them, or accept them, and they take"
                + " their place in the history"),
        finding(
            REPEAT,
            differing(repeated) ? repeated : List.of(),
            "were taken before, with other rows; give a corrected snapshot a time of its own and"
                + " reject these, or accept them, and what they add is added"));
  }

  private void requireWhole(List<Part> fresh) {
    int files = configuration.snapshot().files();
    List<Part> partial = fresh.stream().filter(part -> part.files() < files).toList();
    if (!partial.isEmpty()) {
      throw new AssayException(
          ExitCode.UNAVAILABLE,
          "silver.%s: the snapshots at %s stand in fewer files than snapshot.files says, which is %d; nothing was taken, run again when the others have landed (batch.rows must hold a whole snapshot)"
              .formatted(configuration.dataset(), labels(partial), files));
    }
  }

  /** The places of the snapshots taken before, from the batch's first one on. */
  private List<Row> taken() {
    return near.map(
            events ->
                events.select(EventColumns.SEQUENCE).distinct().collectAsList().stream()
                    .map(row -> row.getStruct(0))
                    .toList())
        .orElse(List.of());
  }

  private Dataset<Row> notBeforeTheFirst(Dataset<Row> events) {
    StructType type =
        (StructType) staged.rows().schema().apply(EventColumns.SEQUENCE).dataType().asNullable();
    Column leading = col(EventColumns.SEQUENCE).getField(type.fieldNames()[0]);
    return events
        .where(leading.geq(lit(parts.get(0).sequence().get(0))))
        .withColumn(EventColumns.SEQUENCE, col(EventColumns.SEQUENCE).cast(type));
  }

  private boolean differing(List<Part> repeated) {
    if (repeated.isEmpty()) {
      return false;
    }
    List<String> known = Arrays.asList(near.orElseThrow().columns());
    Column[] content =
        configuration.contract().columns().stream()
            .filter(column -> known.contains(column.name()))
            .map(SnapshotFindings::comparable)
            .toArray(Column[]::new);
    Column isRepeated = SnapshotEvents.isOf(repeated);
    Dataset<Row> before = near.orElseThrow().where(isRepeated).select(content);
    return !staged.accepted().where(isRepeated).select(content).except(before).isEmpty();
  }

  /** Spark compares no maps. */
  private static Column comparable(ContractColumn column) {
    Column value = col(column.name());
    boolean nested =
        column.type() instanceof MapType
            || column.type() instanceof ArrayType
            || column.type() instanceof StructType;
    return nested ? to_json(value) : value;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The types of a sequence can all be compared.
  private static int compare(Row one, Row other) {
    Comparator<Comparable> natural = Comparator.naturalOrder();
    int order = 0;
    for (int i = 0; order == 0 && i < one.size(); i++) {
      order = natural.compare((Comparable) one.get(i), (Comparable) other.get(i));
    }
    return order;
  }

  private static String labels(List<Part> parts) {
    return parts.stream().map(Part::label).collect(Collectors.joining(", "));
  }

  private static Finding finding(String rule, List<Part> broken, String message) {
    return new Finding(
        rule,
        Optional.empty(),
        "snapshots",
        OptionalDouble.of(broken.size()),
        broken.isEmpty() ? Result.PASSED : Result.FAILED,
        OnFailure.HOLD,
        broken.isEmpty() ? "none" : "the snapshots at " + labels(broken) + " " + message);
  }
}
