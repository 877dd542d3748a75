package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A folder of what is only needed until a batch is done.
 *
 * @param path need not exist
 */
public record StagingFolder(SparkSession spark, Path path) implements AutoCloseable {

  /**
   * For one attempt at a batch. No other has it: a run that was taken for dead may still be writing
   * to its own, and removes it when it ends, while the batch is done again.
   */
  public static StagingFolder of(SparkSession spark, Warehouse warehouse, Intent intent) {
    String name = "%d-%s".formatted(intent.batch(), UUID.randomUUID());
    return new StagingFolder(spark, new Path(warehouse.staging(intent.table()), name));
  }

  /** A place in it. */
  public Path file(String name) {
    return new Path(path, name);
  }

  /**
   * Removes it with all that it holds.
   *
   * @throws AssayException if that is not possible
   */
  @Override
  public void close() {
    try {
      path.getFileSystem(spark.sessionState().newHadoopConf()).delete(path, true);
    } catch (IOException e) {
      throw new AssayException(
          ExitCode.FAILURE, "cannot remove what was staged in " + path + "; delete it by hand", e);
    }
  }
}
