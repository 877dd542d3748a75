package io.assay.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write a table, on a store that decides between two writers and on one that does not. */
class LeaseTest {
  private static final Duration DEAD = Lease.PATIENCE.plusMinutes(1);
  private static final String ELSEWHERE =
      LeaseHolder.thisPlace().replaceFirst("/", "/another boot of a machine of this name/");

  @TempDir private Path folder;
  private Path leases;
  private BatchLedger strict;
  private BatchLedger loose;

  @BeforeEach
  void lay() throws IOException {
    strict = ledger(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    loose = ledger(LooseFileSystem.path(folder), LooseFileSystem.configuration());
    assertThat(strict.atomic()).isTrue();
    assertThat(loose.atomic()).isFalse();
    leases = Path.of(strict.root().toUri()).resolve("leases");
    Files.createDirectories(leases);
  }

  private static BatchLedger ledger(org.apache.hadoop.fs.Path root, Configuration configuration) {
    return new BatchLedger(new Warehouse(root), CopyWork.OUT, configuration);
  }

  @Test
  void aWriterElsewhereIsJudgedByTheClockOfTheStoreHoweverWrongOnesOwnIs() throws IOException {
    for (BatchLedger ledger : List.of(strict, loose)) {
      for (Duration wrong : List.of(Duration.ofHours(2), Duration.ofHours(-2), Duration.ZERO)) {
        Clock clock = Clock.offset(Clock.systemUTC(), wrong);
        Path theirs = lease("0000000007-x.json", ELSEWHERE, Lease.PATIENCE.minusMinutes(1));
        assertThatThrownBy(() -> Lease.acquire(ledger, CopyWork.OUT, "run", clock))
            .as("a clock that is wrong by " + wrong)
            .isInstanceOf(LeaseHeldException.class);
        assertThat(names()).containsExactly("0000000007-x.json");

        Files.setLastModifiedTime(theirs, FileTime.from(Instant.now().minus(DEAD)));
        try (Lease lease = Lease.acquire(ledger, CopyWork.OUT, "run", clock)) {
          assertThatCode(lease::confirm).doesNotThrowAnyException();
          assertThat(names()).singleElement().asString().startsWith("0000000008");
        }
        assertThat(names()).isEmpty();
      }
    }
  }

  @Test
  void aProcessCountsAsGoneOnlyWhereItCouldBeSeen() throws IOException {
    lease("0000000001-x.json", LeaseHolder.thisPlace(), Duration.ZERO);
    Lease.acquire(loose, CopyWork.OUT, "run", Clock.systemUTC()).close();
    lease("0000000001-x.json", ELSEWHERE, Duration.ZERO);
    assertThatThrownBy(() -> Lease.acquire(loose, CopyWork.OUT, "run", Clock.systemUTC()))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void aWriterThatWasSilentGivesUpAlthoughNobodyTookItsLease() throws IOException {
    for (BatchLedger ledger : List.of(strict, loose)) {
      SetClock clock = new SetClock();
      try (Lease lease = Lease.acquire(ledger, CopyWork.OUT, "run", clock)) {
        Path file = leases.resolve(names().get(0));
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofMinutes(5)));
        Files.setLastModifiedTime(file, old);
        clock.now = clock.now.plus(Lease.FRESH);
        lease.confirm();
        assertThat(Files.getLastModifiedTime(file)).as("fresh enough").isEqualTo(old);

        clock.now = clock.now.plus(Lease.FRESH);
        lease.confirm();
        assertThat(Files.getLastModifiedTime(file)).as("written again").isGreaterThan(old);

        clock.now = clock.now.plus(Lease.TERM);
        lost(lease);
        clock.now = clock.now.minus(Lease.TERM);
        lost(lease);
      }
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void aWriterWhoseLeaseWasTakenNeitherCommitsNorTouchesTheOtherOnes() throws IOException {
    for (BatchLedger ledger : List.of(strict, loose)) {
      Lease late = Lease.acquire(ledger, CopyWork.OUT, "late", Clock.systemUTC());
      // Another took it for dead, ended, and a third run began.
      Files.delete(leases.resolve(names().get(0)));
      lost(late);
      try (Lease third = Lease.acquire(ledger, CopyWork.OUT, "third", Clock.systemUTC())) {
        lost(late);
        late.close();
        assertThatCode(third::confirm).doesNotThrowAnyException();
      }
    }
  }

  private static void lost(Lease lease) {
    assertThatThrownBy(lease::confirm)
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageContaining("another run may be writing");
  }

  private Path lease(String name, String place, Duration age) throws IOException {
    String text =
        """
        {"runId":"other","place":"%s","pid":999999999,"processStart":"2020-01-01T00:00:00Z"}
        """;
    Path file = leases.resolve(name);
    Files.write(file, text.formatted(place).getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(leases)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
