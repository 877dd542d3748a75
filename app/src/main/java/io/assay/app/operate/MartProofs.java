package io.assay.app.operate;

import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.gold.MartProof;
import io.assay.table.TableName;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/** Compares all marts of a project with what their queries give, several at once. */
public final class MartProofs {
  private static final int DIFFERENCES = 3;

  private final SparkSession spark;
  private final Project project;

  public MartProofs(SparkSession spark, Project project) {
    this.spark = spark;
    this.project = project;
  }

  /**
   * Compares them, every row.
   *
   * @param parallel how many marts at once, at least 1
   * @return what was found of each mart of which something is published
   */
  public SortedMap<TableName, MartProof.Result> all(int parallel) {
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      SortedMap<TableName, Future<MartProof.Result>> proofs = new TreeMap<>();
      for (Mart mart : project.marts().values()) {
        proofs.put(TableName.gold(mart.name()), pool.submit(() -> proved(mart)));
      }
      SortedMap<TableName, MartProof.Result> found = new TreeMap<>();
      for (TableName mart : proofs.keySet()) {
        MartProof.Result result = proofs.get(mart).get();
        if (result != null) {
          found.put(mart, result);
        }
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while marts were proved", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Null if nothing is published. */
  private MartProof.Result proved(Mart mart) {
    SparkSession own = spark.cloneSession();
    SparkSession.setActiveSession(own);
    try {
      return new MartProof(own, project.warehouse())
          .compare(mart, OptionalInt.empty(), DIFFERENCES)
          .orElse(null);
    } finally {
      SparkSession.clearActiveSession();
    }
  }
}
