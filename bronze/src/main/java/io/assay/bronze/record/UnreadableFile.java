package io.assay.bronze.record;

/** A file that cannot be read to its end: nothing of it may count. */
public final class UnreadableFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  public UnreadableFile(String path, String reason) {
    super(path + ": " + reason);
    this.path = path;
    this.reason = reason;
  }

  public String path() {
    return path;
  }

  /** For people. */
  public String reason() {
    return reason;
  }
}
