package io.assay.bronze.record;

/** A file that cannot be read to its end: nothing of it may count. */
public final class UnreadableFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;
  private final boolean passing;

  private UnreadableFile(String path, String reason, boolean passing) {
    super(path + ": " + reason);
    this.path = path;
    this.reason = reason;
    this.passing = passing;
  }

  /** A file whose content cannot be read, now or later. */
  public static UnreadableFile corrupt(String path, String reason) {
    return new UnreadableFile(path, reason, false);
  }

  /** A file that is not there as it was listed; what comes to be there later can be read. */
  public static UnreadableFile unsettled(String path, String reason) {
    return new UnreadableFile(path, reason, true);
  }

  public String path() {
    return path;
  }

  /** For people. */
  public String reason() {
    return reason;
  }

  /** Whether nothing is said against its content. */
  public boolean passing() {
    return passing;
  }
}
