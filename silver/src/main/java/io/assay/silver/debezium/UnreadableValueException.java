package io.assay.silver.debezium;

/** A value that is not what its schema block says. */
final class UnreadableValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableValueException(FieldSchema schema, RuntimeException cause) {
    super("a value is no " + schema.name(), cause);
  }
}
