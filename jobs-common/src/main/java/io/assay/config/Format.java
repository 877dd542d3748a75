package io.assay.config;

/** How the records of a source tell what changed. */
public enum Format {
  /** A record is one event: an upsert, or what the history's conditions say. */
  PLAIN,
  /** The records are all rows that there are at one time; what is not among them is deleted. */
  SNAPSHOT,
  /** A record is a message of Debezium, which says what happened and when. */
  DEBEZIUM
}
