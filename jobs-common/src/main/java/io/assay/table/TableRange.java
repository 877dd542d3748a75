package io.assay.table;

/**
 * An interval of one table's versions: what was appended after {@code after}, up to and including
 * {@code upTo}.
 *
 * @param after exclusive; -1 for "from the beginning"
 * @param upTo inclusive
 * @param rows how many rows the files of the range hold, from the files' own statistics; -1 where
 *     the table is read as a whole and nobody counted
 */
public record TableRange(TableName table, String tableId, long after, long upTo, long rows) {}
