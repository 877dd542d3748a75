package io.assay.silver.conform;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.config.Dataset;
import io.assay.config.DatasetPipeline;
import io.assay.config.DatasetPipeline.Drift;
import io.assay.config.DatasetPipeline.Repeats;
import io.assay.config.Debezium;
import io.assay.config.Format;
import io.assay.config.Gate;
import io.assay.config.History;
import io.assay.config.Payload;
import io.assay.config.Project;
import io.assay.config.Snapshot;
import io.assay.contract.Contract;
import io.assay.contract.ResolvedJson;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * All that shapes a batch of a silver table. It is what the batch's intent keeps, so nothing else
 * of the project may be used to carry one out.
 *
 * @param bronze the table it reads
 * @param payload how the source's fields stand in bronze
 * @param format how the source's records tell what changed
 * @param debezium how its messages are read, if it is that
 * @param snapshot what its snapshots are, if it has any
 * @param sharedLanding whether bronze belongs to another dataset, so that this one's contract knows
 *     only a part of its columns
 * @param explode the array whose elements are rows, dots between the names; empty if records are
 * @param functions the project's SQL functions, by name
 */
public record CleanConfiguration(
    String dataset,
    TableName bronze,
    Payload payload,
    Format format,
    Debezium debezium,
    Snapshot snapshot,
    boolean sharedLanding,
    ZoneId timezone,
    Optional<String> explode,
    Map<String, String> columns,
    Optional<String> where,
    History history,
    Drift drift,
    Optional<Repeats> repeats,
    Gate gate,
    Contract contract,
    Map<String, SqlFunction> functions) {

  /** Intents of before know nothing of arrays. */
  public CleanConfiguration {
    explode = explode == null ? Optional.empty() : explode;
  }

  /** What the project says of a dataset. */
  public static CleanConfiguration of(Project project, Dataset dataset) {
    DatasetPipeline pipeline = dataset.pipeline();
    return new CleanConfiguration(
        dataset.name(),
        dataset.bronze(),
        pipeline.payload(project),
        pipeline.format(),
        pipeline.debezium().orElse(Debezium.DEFAULT),
        pipeline.snapshot().orElse(Snapshot.DEFAULT),
        !dataset.lands(),
        pipeline.timezone(),
        pipeline.explode(),
        pipeline.columns(),
        pipeline.where(),
        pipeline.history(),
        pipeline.drift(),
        pipeline.repeats(),
        pipeline.gate(),
        dataset.contract(),
        project.functions());
  }

  /**
   * The same for rows that are no changes but the state of the source: nothing orders them, and
   * none of them deletes.
   *
   * @param fields how the fields stand in the rows
   * @param elements the array whose elements are rows; empty if the rows are records
   */
  public CleanConfiguration ofSnapshot(Payload fields, Optional<String> elements) {
    return new CleanConfiguration(
        dataset,
        bronze,
        fields,
        Format.PLAIN,
        Debezium.DEFAULT,
        Snapshot.DEFAULT,
        true,
        timezone,
        elements,
        columns,
        where,
        History.NONE,
        drift,
        Optional.empty(),
        gate,
        contract,
        functions);
  }

  /**
   * The same for what somebody takes from quarantine: it is never too late, and has no usual size.
   */
  public CleanConfiguration ofLeftovers() {
    return with(history.ofAnyAge(), contract.withoutDeviations());
  }

  /**
   * The same for a batch of a rebuild. Rules on the whole table judged it as it grew; to ask them
   * again, each batch would read what those before it made.
   */
  public CleanConfiguration ofRebuild() {
    return withContract(contract.withoutTableRules());
  }

  /** The same with another contract. */
  CleanConfiguration withContract(Contract other) {
    return with(history, other);
  }

  private CleanConfiguration with(History kept, Contract other) {
    return new CleanConfiguration(
        dataset,
        bronze,
        payload,
        format,
        debezium,
        snapshot,
        sharedLanding,
        timezone,
        explode,
        columns,
        where,
        kept,
        drift,
        repeats,
        gate,
        other,
        functions);
  }

  /** The form that an intent keeps. */
  public JsonNode toJson() {
    return ResolvedJson.tree(this);
  }

  /** From the form that an intent keeps. */
  public static CleanConfiguration fromJson(JsonNode json) {
    return ResolvedJson.read(json, CleanConfiguration.class);
  }

  /** Whether the history may send events to quarantine that broke no rule of their own. */
  public boolean refusesEvents() {
    return keepsHistory()
        && (history.ties() == History.Ties.QUARANTINE || history.acceptLate().isPresent());
  }

  /** Whether events are merged into a history, rather than appended. */
  public boolean keepsHistory() {
    return history.keep() != History.Keep.NONE;
  }
}
