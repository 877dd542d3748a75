package io.assay.config;

/** How the fields of a source's records stand in bronze. */
public enum Payload {
  /** As columns. */
  COLUMNS,
  /** As fields of the JSON object in {@code _value}. */
  JSON
}
