/**
 * SQL of a project: expressions, functions and queries, read by Spark's own parser and never put
 * together as text.
 */
package io.assay.sql;
