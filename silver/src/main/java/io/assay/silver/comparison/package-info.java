/** Two sets of rows, compared by what identifies a row: for rebuilds and reconciliations. */
package io.assay.silver.comparison;
