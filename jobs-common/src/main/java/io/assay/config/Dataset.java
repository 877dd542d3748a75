package io.assay.config;

import io.assay.contract.Contract;
import io.assay.table.TableName;
import org.apache.hadoop.fs.Path;

/**
 * One folder under {@code datasets/}.
 *
 * @param name the folder's name; unique in the project; names {@code bronze.X}, {@code silver.X},
 *     {@code quarantine.X}
 * @param folder absolute
 */
public record Dataset(String name, Path folder, DatasetPipeline pipeline, Contract contract) {

  /** The bronze table that its rows come from: its own, or another dataset's. */
  public TableName bronze() {
    return pipeline.source() instanceof Source.Table other ? other.table() : TableName.bronze(name);
  }

  /** Whether it has a bronze table of its own, filled from a source. */
  public boolean lands() {
    return !(pipeline.source() instanceof Source.Table);
  }
}
