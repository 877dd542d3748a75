package io.assay.silver.history;

import static io.assay.batch.StagedRows.times;
import static io.assay.batch.StagedRows.total;
import static io.assay.silver.history.EventRows.isTruncate;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.silver.history.Novelty.Bound;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Takes in the events of a batch: stages them, and tells which are new, known, late or too late.
 */
final class Intake {
  private static final String FRESH = "fresh";
  private static final String NEAR = "near";
  private static final String ARRIVING = "arriving";

  private final SparkSession spark;
  private final HistoryDefinition definition;
  private final StagingFolder staging;
  private final TimeTypes types;
  private final EventRows rows;

  Intake(SparkSession spark, HistoryDefinition definition, StagingFolder staging, TimeTypes types) {
    this.spark = spark;
    this.definition = definition;
    this.staging = staging;
    this.types = types;
    this.rows = new EventRows(definition);
  }

  /** Takes the first batch of all. */
  Arrivals first(Dataset<Row> accepted) {
    StagedRows staged =
        StagedRows.write(
            staging.file(FRESH),
            Lateness.judged(
                distinct(accepted).withColumn(Novelty.KNOWN, lit(false)), definition.acceptLate()),
            with(
                Frontier.measures(types),
                total(EventRows.repeats()).as("duplicates"),
                times(Novelty.isAccepted()).as("fresh"),
                times(col(Lateness.TOO_LATE)).as("tooLate"),
                times(isTruncate()).as("truncates")),
            kept -> kept.drop(Novelty.KNOWN));
    return new Arrivals(
        staged,
        staged.number("duplicates"),
        staged.number("fresh"),
        staged.number("tooLate"),
        staged.number("truncates"),
        Reach.IN_ORDER,
        Frontier.reachedBy(staged));
  }

  /**
   * Takes a later batch. Of the remembered events only those are looked at that are not before the
   * batch's least, so a feed in order reads the tail of the events and no more.
   *
   * @param events the events table as it was before the batch
   * @param reached how far it reaches; empty if that is not known
   */
  Arrivals later(Dataset<Row> accepted, Dataset<Row> events, Optional<Frontier> reached) {
    StagedRows batch = staged(accepted);
    Dataset<Row> tail = events.where(notBefore(batch));
    // By the last commit, or the statistics of all files, every event is older: nothing is known,
    // and nothing late.
    boolean inOrder =
        definition.acceptLate().isEmpty()
            && (reached.filter(frontier -> frontier.isBefore(batch)).isPresent()
                || tail.inputFiles().length == 0);
    return inOrder ? inOrder(batch) : judged(batch, tail, reached);
  }

  private StagedRows staged(Dataset<Row> accepted) {
    return StagedRows.write(
        staging.file("distinct"),
        distinct(accepted).withColumn(Lateness.TOO_LATE, lit(false)),
        with(
            Frontier.measures(types),
            total(EventRows.repeats()).as("duplicates"),
            count(lit(1)).as("fresh"),
            min(types.leading()).as("sequence"),
            min(col(EventColumns.VALID_TIME)).as("validTime"),
            times(isTruncate()).as("truncates"),
            min(when(isTruncate(), col(EventColumns.SEQUENCE))).as("truncate"),
            min(when(isTruncate(), col(EventColumns.VALID_TIME))).as("truncateTime")),
        kept -> kept);
  }

  private Dataset<Row> distinct(Dataset<Row> accepted) {
    return rows.distinct(rows.packed(accepted))
        .withColumn(PackedColumns.LATE, lit(false))
        .withColumn(PackedColumns.FRESH, lit(true));
  }

  private static Arrivals inOrder(StagedRows batch) {
    return new Arrivals(
        batch,
        batch.number("duplicates"),
        batch.number("fresh"),
        0,
        batch.number("truncates"),
        Reach.IN_ORDER,
        Frontier.reachedBy(batch));
  }

  private Arrivals judged(StagedRows batch, Dataset<Row> tail, Optional<Frontier> reached) {
    Bound truncate =
        new Bound(
            types.sequence((Row) batch.measured().get("truncate")),
            types.validTime(batch.measured().get("truncateTime")));
    Row latest = latestTruncate(tail, truncate);
    Bound remembered =
        new Bound(types.sequence(latest.getStruct(0)), types.validTime(latest.get(1)));
    StagedRows staged = judged(batch, tail, new Novelty(definition, truncate, remembered));
    return new Arrivals(
        staged,
        batch.number("duplicates") + staged.number("duplicates"),
        staged.number("fresh"),
        staged.number("tooLate"),
        staged.number("truncates"),
        staged.number("truncates") > 0 && latest.getLong(2) > 0
            ? Reach.EVERYTHING
            : Reach.of(Zones.of(staged.number("zones"))),
        reached.flatMap(before -> Frontier.reachedBy(batch).map(before::and)));
  }

  private StagedRows judged(StagedRows batch, Dataset<Row> tail, Novelty novelty) {
    Dataset<Row> near = rows.remembered(tail, types);
    Dataset<Row> arriving = batch.read(spark);
    if (batch.number("truncates") == 0) {
      near = near.as(NEAR).join(arriving.as(ARRIVING), concerns(), "left_semi");
    }
    Column bit = expr("shiftleft(1L, " + Zones.INDEX + ")");
    Column late = col(PackedColumns.LATE);
    return StagedRows.write(
        staging.file(FRESH),
        novelty.judged(arriving, near).withColumn(Zones.INDEX, Zones.index(rows.bucket())),
        List.of(
            times(Novelty.isRepeat()).as("duplicates"),
            times(Novelty.isAccepted()).as("fresh"),
            times(col(Lateness.TOO_LATE)).as("tooLate"),
            times(Novelty.isNew().and(isTruncate())).as("truncates"),
            coalesce(bit_or(when(late, bit).otherwise(lit(0L))), lit(0L)).as("zones")),
        judged ->
            judged
                .where(Novelty.isNew().or(late.and(col(Novelty.CLEARED))))
                .drop(Novelty.KNOWN, Novelty.CLEARED, Zones.INDEX));
  }

  /** The greatest remembered truncate, and how many of them an arriving one comes too late for. */
  private Row latestTruncate(Dataset<Row> tail, Bound truncate) {
    Column overtakes = col(EventColumns.SEQUENCE).geq(truncate.sequence());
    if (definition.timed()) {
      overtakes = overtakes.or(col(EventColumns.VALID_TIME).gt(truncate.validTime()));
    }
    return tail.where(col(HistoryColumns.BUCKET).equalTo(EventRows.NO_BUCKET))
        .select(types.sequenceOf(EventColumns.SEQUENCE), types.validTimeOf(EventColumns.VALID_TIME))
        .agg(max(EventColumns.SEQUENCE), max(EventColumns.VALID_TIME), times(overtakes))
        .first();
  }

  /** Which remembered events an arriving one of the same key may repeat or come late for. */
  private Column concerns() {
    Column sameKey = of(NEAR, PackedColumns.KEY).equalTo(of(ARRIVING, PackedColumns.KEY));
    if (definition.acceptLate().isPresent()) {
      // How late is too late depends on the key's newest time, wherever it stands.
      return sameKey;
    }
    Column notBefore = of(NEAR, EventColumns.SEQUENCE).geq(of(ARRIVING, EventColumns.SEQUENCE));
    return sameKey.and(
        definition.timed()
            ? notBefore.or(
                of(NEAR, EventColumns.VALID_TIME).gt(of(ARRIVING, EventColumns.VALID_TIME)))
            : notBefore);
  }

  private static List<Column> with(List<Column> measures, Column... more) {
    return Stream.concat(measures.stream(), Stream.of(more)).toList();
  }

  private static Column of(String side, String column) {
    return col(side + "." + column);
  }

  private Column notBefore(StagedRows batch) {
    Column notBefore = types.leading().geq(lit(batch.measured().get("sequence")));
    return definition.timed()
        ? notBefore.or(col(EventColumns.VALID_TIME).gt(lit(batch.measured().get("validTime"))))
        : notBefore;
  }
}
