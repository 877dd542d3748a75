/**
 * Tables: their names, paths, properties, logs and internal columns, and the ways to write one in
 * one commit.
 */
package io.assay.table;
