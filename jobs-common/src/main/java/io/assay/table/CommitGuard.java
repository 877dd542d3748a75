package io.assay.table;

import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.TransactionExecutionObserver;
import org.apache.spark.sql.delta.TransactionExecutionObserver$;
import scala.Function0;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * Asks a question at the last moment: when the rows of a Delta commit are written, which may have
 * taken hours, and the commit itself is not.
 */
public final class CommitGuard implements TransactionExecutionObserver {
  private final Runnable question;
  private Option<TransactionExecutionObserver> next = Option.empty();

  private CommitGuard(Runnable question) {
    this.question = question;
  }

  /**
   * Does work of this thread, and asks before each of its commits to a Delta table.
   *
   * @param question throws if the commit must not be made
   */
  public static void ask(Runnable question, Runnable work) {
    Function0<BoxedUnit> thunk =
        () -> {
          work.run();
          return BoxedUnit.UNIT;
        };
    TransactionExecutionObserver$.MODULE$.withObserver(new CommitGuard(question), thunk);
  }

  @Override
  public void beginDoCommit() {
    question.run();
  }

  @Override
  public TransactionExecutionObserver createChild() {
    return this;
  }

  @Override
  public OptimisticTransaction startingTransaction(Function0<OptimisticTransaction> start) {
    return start.apply();
  }

  @Override
  public <T> T preparingCommit(Function0<T> preparation) {
    return preparation.apply();
  }

  @Override
  public void beginBackfill() {}

  @Override
  public void beginPostCommit() {}

  @Override
  public void transactionCommitted() {}

  @Override
  public void transactionAborted() {}

  @Override
  public Option<TransactionExecutionObserver> nextObserver() {
    return next;
  }

  @Override
  public void nextObserver_$eq(Option<TransactionExecutionObserver> observer) {
    next = observer;
  }
}
