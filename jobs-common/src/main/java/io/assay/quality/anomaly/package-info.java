/** Measured values compared with those of earlier batches, through Deequ's interfaces. */
package io.assay.quality.anomaly;
