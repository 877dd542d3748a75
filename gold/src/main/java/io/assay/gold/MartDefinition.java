package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.config.Mart;
import io.assay.config.Windows;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.ResolvedJson;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything of a project that a version of a mart depends on, besides its inputs. A change of it
 * makes the mart be computed again; a change elsewhere does not.
 *
 * @param sql the query
 * @param functions those of the project's functions that the query uses, directly or through
 *     another
 * @param contract of the mart
 * @param clusterBy columns that the files are ordered by
 * @param maintenance how it is brought up to date; another one gives the same rows
 * @param windows what its windows are made of; empty if its rows are none
 */
record MartDefinition(
    String sql,
    SortedMap<String, SqlFunction> functions,
    Contract contract,
    List<String> clusterBy,
    Maintenance maintenance,
    Optional<Windows> windows) {
  private static final String MAINTENANCE = "maintenance";

  /** What was planned before marts were maintained says nothing of it. */
  MartDefinition {
    maintenance = maintenance == null ? Maintenance.of(Mart.MartPipeline.DEFAULT) : maintenance;
    windows = windows == null ? Optional.empty() : windows;
  }

  /**
   * How a mart is brought up to date.
   *
   * @param fullAbove the share of touched keys above which it is computed in full
   */
  record Maintenance(Mart.Incremental incremental, double fullAbove) {
    static Maintenance of(Mart.MartPipeline pipeline) {
      return new Maintenance(pipeline.incremental(), pipeline.fullAbove());
    }

    boolean allows(long keys, long rows) {
      return fullAbove >= 1 || keys <= fullAbove * rows;
    }
  }

  static MartDefinition of(Mart mart, Map<String, SqlFunction> functions) {
    return new MartDefinition(
        mart.sql(),
        SqlQuery.parse(mart.sql()).used(functions),
        mart.contract(),
        mart.pipeline().clusterBy(),
        Maintenance.of(mart.pipeline()),
        mart.pipeline().windows());
  }

  static MartDefinition read(JsonNode tree) {
    return ResolvedJson.read(tree, MartDefinition.class);
  }

  /** Whether a tree of {@link #tree} defines the same rows. */
  static boolean sameRows(JsonNode one, JsonNode other) {
    return rows(one).equals(rows(other));
  }

  private static JsonNode rows(JsonNode tree) {
    return ((ObjectNode) tree.deepCopy()).without(MAINTENANCE);
  }

  /** The columns that name a row. */
  List<String> key() {
    return contract.key().stream().map(ContractColumn::name).toList();
  }

  /** As it reads back from a ledger, so that it can be compared with what does. */
  JsonNode tree() {
    return ResolvedJson.readBack(this);
  }
}
