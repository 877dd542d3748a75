package io.assay.gold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.config.Mart;
import io.assay.contract.Contract;
import io.assay.contract.ResolvedJson;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
 */
record MartDefinition(
    String sql,
    SortedMap<String, SqlFunction> functions,
    Contract contract,
    List<String> clusterBy) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static MartDefinition of(Mart mart, Map<String, SqlFunction> functions) {
    return new MartDefinition(
        mart.sql(),
        SqlQuery.parse(mart.sql()).used(functions),
        mart.contract(),
        mart.pipeline().clusterBy());
  }

  static MartDefinition read(JsonNode tree) {
    return ResolvedJson.read(tree, MartDefinition.class);
  }

  /** As it reads back from a ledger, so that it can be compared with what does. */
  JsonNode tree() {
    try {
      return JSON.readTree(ResolvedJson.tree(this).toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
