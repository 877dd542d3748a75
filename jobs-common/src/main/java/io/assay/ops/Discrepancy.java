package io.assay.ops;

import io.assay.table.TableName;

/**
 * A difference between what a table holds and what it should hold.
 *
 * @param table the stored table
 * @param batch the batch whose rows are concerned; 0 if it cannot be told
 * @param message what was expected and found, for people
 */
public record Discrepancy(TableName table, long batch, String message) {}
