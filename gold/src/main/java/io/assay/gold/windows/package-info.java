/** Queries whose rows are windows of time, and which of these windows are closed. */
package io.assay.gold.windows;
