package io.assay.table;

import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Names the commit of a batch to a table.
 *
 * @param application as {@link CommitTag#application()}
 * @param batch the batch number
 */
public record BatchCommit(String application, long batch) {

  /** Whether a commit of these actions is the one. */
  boolean did(Seq<Action> actions) {
    return JavaConverters.seqAsJavaList(actions).stream()
        .anyMatch(
            action ->
                action instanceof SetTransaction done
                    && done.appId().equals(application)
                    && done.version() == batch);
  }
}
