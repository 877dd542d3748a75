package io.assay.batch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who has a lease.
 *
 * @param token unlike that of any other lease
 * @param host for people
 * @param place where process ids mean the same as here; null in leases of older versions
 */
record LeaseHolder(
    String runId,
    String token,
    String host,
    String place,
    long pid,
    Instant processStart,
    Instant since) {

  /** A process's start is told against the boot time, which moves when the clock is set. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_SPACE = Path.of("/proc/self/ns/pid");

  static LeaseHolder here(String runId, Instant now) {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseHolder(
        runId,
        UUID.randomUUID().toString(),
        thisHost(),
        thisPlace(),
        process.pid(),
        start(process),
        now);
  }

  /** Whether its process lives; empty if that cannot be known from here. */
  Optional<Boolean> alive() {
    if (!thisPlace().equals(place)) {
      return Optional.empty();
    }
    return Optional.of(
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .map(process -> sameStart(start(process), processStart))
            .orElse(false));
  }

  /**
   * Names this boot of this machine, the container, and the user, who may not see the processes of
   * others. Machines and containers may share a name; where the system tells no more, as outside
   * Linux, the name has to do.
   */
  static String thisPlace() {
    return String.join("/", thisHost(), System.getProperty("user.name"), boot(), processSpace());
  }

  private static boolean sameStart(Instant now, Instant told) {
    return Duration.between(now, told).abs().compareTo(START_TOLERANCE) < 0;
  }

  private static Instant start(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String processSpace() {
    try {
      return Files.readSymbolicLink(PROCESS_SPACE).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
