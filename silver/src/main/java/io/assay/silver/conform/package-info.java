/** Rows of bronze to typed events: formats of changes, columns and casts. */
package io.assay.silver.conform;
