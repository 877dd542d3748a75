package io.assay.server.debezium;

/** What was configured cannot work; the message says what to change, and has no secrets. */
final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConfigurationException(String message) {
    super(message);
  }
}
