package io.assay.gold;

import io.assay.config.Mart;
import io.assay.gold.incremental.MaintainedQuery;
import io.assay.gold.windows.WindowedQuery;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * Tells of a mart, before there is a session, whether it can be kept up to date from changes, or be
 * made window by window.
 */
public final class MartObstacles {
  private MartObstacles() {}

  /**
   * Why a mart's query cannot be followed, or made of its windows; empty if it can.
   *
   * @param functions the project's SQL functions, by name
   * @param tables the columns of each table that it reads
   * @throws io.assay.sql.SqlSyntaxException if the query does not fit the tables
   */
  public static List<String> of(
      Mart mart, Map<String, SqlFunction> functions, Function<TableName, StructType> tables) {
    MartDefinition definition = MartDefinition.of(mart, functions);
    LogicalPlan query =
        SqlQuery.parse(definition.sql()).expand(definition.functions()).analyzed(tables);
    return definition
        .windows()
        .map(windows -> WindowedQuery.of(query, windows.of(), windows.time()).obstacles())
        .orElseGet(() -> MaintainedQuery.of(query, definition.key()).obstacles());
  }
}
