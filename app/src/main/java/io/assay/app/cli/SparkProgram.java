package io.assay.app.cli;

import io.assay.job.Program;

/**
 * A command that starts Spark, so that the launcher submits it. The others are plain Java and
 * answer at once.
 */
interface SparkProgram extends Program {}
