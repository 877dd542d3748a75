package io.assay.config;

import io.assay.contract.Contract;
import org.apache.hadoop.fs.Path;

/**
 * One folder under {@code datasets/}.
 *
 * @param name the folder's name; unique in the project; names {@code bronze.X}, {@code silver.X},
 *     {@code quarantine.X}
 * @param folder absolute
 */
public record Dataset(String name, Path folder, DatasetPipeline pipeline, Contract contract) {}
