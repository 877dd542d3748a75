package io.assay.table;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Tells one commit of a table from another. A table whose folder was put back from a backup goes on
 * under its old id, and gives the numbers of versions once more.
 */
public final class TableCommits {
  private final DeltaLog log;

  /**
   * @param table a stored one
   */
  public TableCommits(SparkSession spark, Warehouse warehouse, TableName table) {
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
  }

  /**
   * What no other commit of the table has: the identity that Delta gave it, or, where another
   * engine committed, when it did. Reads that commit alone.
   *
   * @return empty if the log does not hold the version's commit
   */
  public Optional<String> mark(long version) {
    Iterator<Tuple2<Object, Seq<Action>>> commits = log.getChanges(version, false);
    if (!commits.hasNext()) {
      return Optional.empty();
    }
    Tuple2<Object, Seq<Action>> commit = commits.next();
    return (Long) commit._1() == version ? Optional.of(mark(commit._2())) : Optional.empty();
  }

  private static String mark(Seq<Action> actions) {
    return JavaConverters.seqAsJavaList(actions).stream()
        .filter(action -> action instanceof CommitInfo)
        .map(action -> (CommitInfo) action)
        .map(
            info ->
                info.txnId().isDefined()
                    ? info.txnId().get()
                    : info.timestamp().toInstant().toString())
        .findFirst()
        .orElse("");
  }
}
