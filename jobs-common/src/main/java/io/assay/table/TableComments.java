package io.assay.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * What a table and its columns say of themselves. Delta's writers store it when they make a table,
 * and leave it alone when they add to one.
 */
public final class TableComments {
  private final DeltaLog log;
  private final Optional<String> comment;
  private final UnaryOperator<StructType> described;

  /**
   * @param comment the table's comment; empty for none
   * @param described gives a schema the columns' comments, and changes nothing else of it
   */
  public TableComments(
      SparkSession spark,
      Warehouse warehouse,
      TableName table,
      Optional<String> comment,
      UnaryOperator<StructType> described) {
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
    this.comment = comment;
    this.described = described;
  }

  /** Whether the table is there and says something else. */
  public boolean outdated() {
    OptimisticTransaction transaction = begin();
    return transaction.readVersion() >= 0 && !wanted(transaction).equals(transaction.metadata());
  }

  /** Brings them up to date, in one commit that touches no row. */
  public void update() {
    OptimisticTransaction transaction = begin();
    StructType before = transaction.metadata().schema();
    Metadata wanted = wanted(transaction);
    transaction.updateMetadata(wanted, false);
    transaction.commit(
        JavaConverters.asScalaBuffer(new ArrayList<>(List.<Action>of())).toSeq(),
        new DeltaOperations.UpdateSchema(before, wanted.schema()));
  }

  private OptimisticTransaction begin() {
    return log.startTransaction(Option.empty(), Option.empty());
  }

  private Metadata wanted(OptimisticTransaction transaction) {
    Metadata now = transaction.metadata();
    return now.copy(
        now.id(),
        now.name(),
        comment.orElse(null),
        now.format(),
        described.apply(now.schema()).json(),
        now.partitionColumns(),
        now.configuration(),
        now.createdTime());
  }
}
