package io.assay.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Crashes the process at a commit, for tests; and lists the commits there are, so that the tests'
 * crash points are generated. Nothing else in Assay knows of crashes.
 *
 * <ul>
 *   <li>{@code ASSAY_CRASH_AT=silver.orders/QUARANTINE:before} (or {@code :after}) halts there, as
 *       a power cut would. {@code silver.orders/QUARANTINE:before:2} halts at the second such
 *       commit of the process.
 *   <li>{@code ASSAY_COMMIT_LOG=FILE} appends a line per commit: {@code silver.orders/QUARANTINE}.
 * </ul>
 */
public final class FaultInjection implements CommitSeam {
  /** Names the commit to crash at. */
  public static final String CRASH_AT = "ASSAY_CRASH_AT";

  /** Names the file that lists the commits. */
  public static final String COMMIT_LOG = "ASSAY_COMMIT_LOG";

  /** The status of a halted process. */
  public static final int HALTED = 137;

  private final CommitSeam next;
  private final Optional<String> crashAt;
  private final Optional<Path> log;
  private final Map<String, Integer> passed = new ConcurrentHashMap<>();

  private FaultInjection(CommitSeam next, Optional<String> crashAt, Optional<Path> log) {
    this.next = next;
    this.crashAt = crashAt;
    this.log = log;
  }

  /** The seam itself, or wrapped in faults if the environment asks for them. */
  public static CommitSeam around(CommitSeam seam, Map<String, String> environment) {
    Optional<String> crashAt = Optional.ofNullable(environment.get(CRASH_AT));
    Optional<Path> log = Optional.ofNullable(environment.get(COMMIT_LOG)).map(Path::of);
    return crashAt.isEmpty() && log.isEmpty() ? seam : new FaultInjection(seam, crashAt, log);
  }

  @Override
  public void commit(Point point, Runnable commit) {
    log.ifPresent(file -> append(file, point));
    crashIf(point + ":before");
    next.commit(point, commit);
    crashIf(point + ":after");
  }

  private void crashIf(String place) {
    int time = passed.merge(place, 1, Integer::sum);
    String first = time == 1 ? place : "";
    if (crashAt.filter(at -> at.equals(first) || at.equals(place + ":" + time)).isPresent()) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  private static synchronized void append(Path file, Point point) {
    try {
      Files.writeString(file, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
