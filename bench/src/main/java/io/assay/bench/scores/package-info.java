/** The cells that a project's rules flag, beside the truth. */
package io.assay.bench.scores;
