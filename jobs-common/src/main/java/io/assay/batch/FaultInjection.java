package io.assay.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Crashes the process at a commit or lets it hang there, for tests; and lists the commits there
 * are, so that the tests' crash points are generated. Nothing else in Assay knows of crashes.
 *
 * <ul>
 *   <li>{@code ASSAY_CRASH_AT=silver.orders/QUARANTINE:before} (or {@code :after}) halts there, as
 *       a power cut would. {@code silver.orders/QUARANTINE:before:2} halts at the second such
 *       commit of the process.
 *   <li>{@code ASSAY_HANG_AT} names a place in the same way: the batch does not go on there, as on
 *       a store that does not answer. The commit log, if there is one, gets the place as a line.
 *   <li>{@code ASSAY_COMMIT_LOG=FILE} appends a line per commit: {@code silver.orders/QUARANTINE}.
 * </ul>
 */
public final class FaultInjection implements CommitSeam {
  /** Names the commit to crash at. */
  public static final String CRASH_AT = "ASSAY_CRASH_AT";

  /** Names the commit to hang at. */
  public static final String HANG_AT = "ASSAY_HANG_AT";

  /** Names the file that lists the commits. */
  public static final String COMMIT_LOG = "ASSAY_COMMIT_LOG";

  /** The status of a halted process. */
  public static final int HALTED = 137;

  private final CommitSeam next;
  private final Optional<String> crashAt;
  private final Optional<String> hangAt;
  private final Optional<Path> log;
  private final Map<String, Integer> passed = new ConcurrentHashMap<>();

  private FaultInjection(CommitSeam next, Map<String, String> environment) {
    this.next = next;
    this.crashAt = Optional.ofNullable(environment.get(CRASH_AT));
    this.hangAt = Optional.ofNullable(environment.get(HANG_AT));
    this.log = Optional.ofNullable(environment.get(COMMIT_LOG)).map(Path::of);
  }

  /** The seam itself, or wrapped in faults if the environment asks for them. */
  public static CommitSeam around(CommitSeam seam, Map<String, String> environment) {
    boolean asked = Stream.of(CRASH_AT, HANG_AT, COMMIT_LOG).anyMatch(environment::containsKey);
    return asked ? new FaultInjection(seam, environment) : seam;
  }

  @Override
  public void commit(Point point, Runnable commit) {
    log.ifPresent(file -> append(file, point.toString()));
    pass(point + ":before");
    next.commit(point, commit);
    pass(point + ":after");
  }

  private void pass(String place) {
    int time = passed.merge(place, 1, Integer::sum);
    Predicate<String> here = at -> at.equals(place + ":" + time) || time == 1 && at.equals(place);
    if (crashAt.filter(here).isPresent()) {
      Runtime.getRuntime().halt(HALTED);
    }
    if (hangAt.filter(here).isPresent()) {
      log.ifPresent(file -> append(file, place));
      hang();
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
