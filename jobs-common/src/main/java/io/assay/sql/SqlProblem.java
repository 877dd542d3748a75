package io.assay.sql;

/**
 * Something in a SQL text that Assay does not accept.
 *
 * @param line from 1, in the text; 1 if Spark does not tell
 * @param column from 1, in the line; 1 if Spark does not tell
 * @param message what is wrong and what to write instead
 */
public record SqlProblem(int line, int column, String message) {}
