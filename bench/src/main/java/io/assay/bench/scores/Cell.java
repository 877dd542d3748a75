package io.assay.bench.scores;

/**
 * One value of a file.
 *
 * @param record the first value of its record, by which records are told apart
 * @param column as the file's header names it
 */
record Cell(String record, String column) {}
