package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quarantined rows that are taken in later, by a rule that was corrected. */
class ReplayTest {
  private static final TableName LANDING = TableName.bronze("office");
  private static final TableName SILVER = TableName.silver("visitors");
  private static final TableName HISTORY = TableName.history("visitors");
  private static final TableName QUARANTINE = TableName.quarantine("visitors");
  private static final int SEEDS = 60;

  @TempDir Path folder;

  private static Configurations visitors(Keep keep) {
    Configurations visitors =
        Configurations.of("visitors")
            .sharing(LANDING)
            .column("id int" + (keep == Keep.NONE ? " required" : " key"))
            .column("city string")
            .column("visits int")
            .column("lsn int")
            .column("at timestamp");
    if (keep == Keep.NONE) {
      return visitors.column("again boolean").repeats("again");
    }
    History history =
        Histories.of(keep, "lsn")
            .validTime("at")
            .deleteWhen("op = 'D'")
            .ties(keep == Keep.SCD2 ? Ties.QUARANTINE : Ties.LATEST)
            .build();
    return visitors.history(history);
  }

  /** A rule that turns good rows away, and a column that cannot be read. */
  private static CleanConfiguration wrong(Keep keep) {
    return visitors(keep)
        .rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE)
        .rule("at_most_eight", "visits", "visits <= 8", OnFailure.QUARANTINE)
        .build();
  }

  private static CleanConfiguration corrected(Keep keep) {
    return visitors(keep)
        .rule("at_most_eight", "visits", "visits <= 8", OnFailure.QUARANTINE)
        .expression("visits", "if(visits = 'many', '7', visits)")
        .build();
  }

  /** Events of many keys, each key a trial of its own, cut into files without order. */
  private static List<String> files(int seeds, int files) {
    List<List<String>> rows = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      rows.add(new ArrayList<>());
    }
    for (int seed = 1; seed <= seeds; seed++) {
      Random random = new Random(seed);
      int events = 3 + random.nextInt(5);
      for (int i = 0; i < events; i++) {
        int lsn = 1 + random.nextInt(6);
        String row =
            "('%s', '%s', '%s', '%d', '2026-07-%02d 10:00:00', '%s')"
                .formatted(
                    random.nextInt(20) == 0 ? "no number" : seed,
                    List.of("Delft", "Gouda", "Atlantis").get(random.nextInt(3)),
                    List.of("1", "2", "many", "9").get(random.nextInt(4)),
                    lsn,
                    lsn + random.nextInt(3),
                    random.nextInt(6) == 0 ? "D" : "U");
        rows.get(random.nextInt(files)).add(row);
        if (random.nextInt(8) == 0) {
          rows.get(random.nextInt(files)).add(row);
        }
      }
    }
    return rows.stream().map(file -> String.join(", ", file)).toList();
  }

  private static CleanFixture run(
      Path folder, CleanConfiguration configuration, List<String> files) {
    CleanFixture fixture = new CleanFixture(folder);
    for (int i = 0; i < files.size(); i++) {
      fixture.land(
          LANDING,
          "f" + i + ".csv",
          "select * from values " + files.get(i) + " as t(id, city, visits, lsn, at, op)");
      fixture.run(configuration);
    }
    return fixture;
  }

  /** What people read, in no order. */
  private static List<String> rows(CleanFixture fixture, Keep keep) {
    Dataset<Row> rows = fixture.read(keep == Keep.SCD2 ? HISTORY : SILVER);
    Column[] columns =
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith("_") || (keep == Keep.NONE && name.equals("_source")))
            .sorted()
            .map(functions::col)
            .toArray(Column[]::new);
    return rows.select(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static List<String> open(CleanFixture fixture) {
    return fixture
        .read(QUARANTINE)
        .where("released_batch is null and not array_contains(rules, 'tie')")
        .select("_source", "_event", "rules", "reasons", "raw", "bronze_version")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Keep.class)
  void silverIsAsIfTheCorrectedRuleHadBeenThereFromTheStart(Keep keep) {
    List<String> files = files(SEEDS, 3);
    CleanFixture expected = run(folder.resolve("expected"), corrected(keep), files);
    CleanFixture fixture = run(folder.resolve("found"), wrong(keep), files);
    long before = open(fixture).size();
    assertThat(before).isGreaterThan(open(expected).size());
    assertThat(rows(fixture, keep)).isNotEqualTo(rows(expected, keep));

    BatchResult replay = fixture.replay(corrected(keep));

    assertThat(replay.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(replay.account().read()).isEqualTo(before);
    assertThat(replay.account().balanced()).isTrue();
    assertThat(replay.account().quarantined()).isPositive().isLessThan(before);
    assertThat(rows(fixture, keep)).isEqualTo(rows(expected, keep));
    assertThat(open(fixture)).isEqualTo(open(expected));
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    if (keep != Keep.NONE) {
      assertThat(fixture.proved(corrected(keep))).isTrue();
    }

    long version = fixture.state(QUARANTINE).version();
    assertThat(fixture.replay(corrected(keep)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.run(corrected(keep)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.state(QUARANTINE).version()).isEqualTo(version);

    fixture.rebuild(corrected(keep));
    assertThat(rows(fixture, keep)).isEqualTo(rows(expected, keep));
    assertThat(open(fixture)).isEqualTo(open(expected));
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  private static CleanConfiguration bounded(boolean corrected) {
    Configurations visitors =
        visitors(Keep.SCD2)
            .history(
                Histories.of(Keep.SCD2, "lsn")
                    .validTime("at")
                    .acceptLate(Duration.ofDays(5))
                    .build());
    return corrected
        ? visitors.build()
        : visitors.rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE).build();
  }

  /** A broken row, one that comes too late, and a batch that is turned away. */
  private static CleanFixture refused(Path folder) {
    CleanFixture fixture = new CleanFixture(folder);
    land(fixture, "a.csv", "('1', 'Delft', '1', '10', '2026-07-10 10:00:00', 'U')");
    fixture.run(bounded(false));
    land(
        fixture,
        "b.csv",
        "('1', 'Atlantis', '2', '8', '2026-07-08 10:00:00', 'U')",
        "('1', 'Breda', '3', '3', '2026-07-03 10:00:00', 'U')",
        "('two', 'Gouda', '9', '10', '2026-07-10 10:00:00', 'U')");
    fixture.run(bounded(false));
    land(fixture, "c.csv", "('3', 'Leiden', 'many', '10', '2026-07-10 10:00:00', 'U')");
    assertThat(fixture.run(held()).outcome()).isEqualTo(Outcome.HELD);
    fixture.run(held(), CleanFixture.reject());
    return fixture;
  }

  private static CleanConfiguration held() {
    return visitors(Keep.SCD2)
        .history(bounded(false).history())
        .rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE)
        .gate(50)
        .build();
  }

  private static CleanConfiguration mended() {
    return visitors(Keep.SCD2)
        .history(bounded(false).history())
        .expression("visits", "if(visits = 'many', '7', visits)")
        .gate(10)
        .build();
  }

  private static void land(CleanFixture fixture, String file, String... rows) {
    fixture.land(
        LANDING,
        file,
        "select * from values " + String.join(", ", rows) + " as t(id, city, visits, lsn, at, op)");
  }

  private static List<String> versions(CleanFixture fixture) {
    return fixture
        .read(HISTORY)
        .selectExpr("concat_ws(' ', id, city, visits, day(valid_from), day(valid_to))")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static Filter rule(String name) {
    return new Filter(Optional.of(name), Optional.empty(), List.of());
  }

  @Test
  void lateAndRejectedRowsAreTakenInWhereSomebodyAsksForThemAndARebuildKeepsThem() {
    CleanFixture fixture = refused(folder);
    assertThat(versions(fixture)).containsExactly("1 Delft 1 10");

    Decision none = Decision.NONE;
    BatchResult late = fixture.replay(mended(), rule("late"), none, CommitSeam.DIRECT);
    assertThat(late.account().read()).isEqualTo(1);
    assertThat(versions(fixture)).containsExactly("1 Breda 3 3 10", "1 Delft 1 10");
    BatchResult rejected = fixture.replay(mended(), rule("rejected"), none, CommitSeam.DIRECT);
    assertThat(rejected.account().applied()).isEqualTo(1);
    Filter later =
        new Filter(Optional.empty(), Optional.of(CleanFixture.NOW.plusSeconds(1)), List.of());
    assertThat(fixture.replay(mended(), later, none, CommitSeam.DIRECT).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    BatchResult rest = fixture.replay(mended());

    assertThat(rest.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0, 1, 0));
    List<String> expected =
        List.of("1 Atlantis 2 8 10", "1 Breda 3 3 8", "1 Delft 1 10", "3 Leiden 7 10");
    assertThat(versions(fixture)).isEqualTo(expected);
    assertThat(fixture.ask(QUARANTINE, "rules", "released_batch", "replays"))
        .containsExactly(
            "[WrappedArray(no_atlantis),7,WrappedArray(7)]",
            "[WrappedArray(late),5,WrappedArray(5)]",
            "[WrappedArray(id_type),null,WrappedArray(7)]",
            "[WrappedArray(rejected, visits_type),6,WrappedArray(6)]");
    assertThat(fixture.discrepancies(SILVER)).isEmpty();

    for (int i = 0; i < 2; i++) {
      fixture.delete(HISTORY, "city = 'Breda'");
      fixture.rebuild(mended(), CleanFixture.accept("gate"), CommitSeam.DIRECT);
      assertThat(versions(fixture)).isEqualTo(expected);
      assertThat(fixture.ask(QUARANTINE, "rules", "released_batch", "replays"))
          .containsExactly(
              "[WrappedArray(late),5,WrappedArray(5)]",
              "[WrappedArray(id_type),null,WrappedArray(7)]",
              "[WrappedArray(rejected),6,WrappedArray(6)]");
      assertThat(fixture.discrepancies(SILVER)).isEmpty();
    }
    assertThat(fixture.replay(mended()).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aReplayHaltedAfterAnyCommitIsCompletedByTheNextRunOrReplay() throws IOException {
    Path start = folder.resolve("start");
    refused(start);
    CleanFixture undisturbed = copied(start, "undisturbed");
    List<String> steps = new ArrayList<>();
    CommitSeam recorder =
        (point, commit) -> {
          commit.run();
          steps.add(point.step());
        };
    undisturbed.replay(mended(), Filter.ALL, Decision.NONE, recorder);
    assertThat(steps)
        .containsExactly("INTENT", "QUARANTINE", "EVENTS", "HISTORY", "METRICS", "DONE");

    for (String step : steps) {
      CleanFixture fixture = copied(start, step);
      CommitSeam halting =
          (point, commit) -> {
            commit.run();
            if (point.step().equals(step)) {
              throw new IllegalStateException("halted after " + step);
            }
          };
      assertThatThrownBy(() -> fixture.replay(mended(), Filter.ALL, Decision.NONE, halting))
          .hasMessage("halted after " + step);
      if (step.equals("EVENTS")) {
        fixture.run(bounded(false));
      }
      fixture.replay(mended());
      assertThat(versions(fixture)).as(step).isEqualTo(versions(undisturbed));
      assertThat(open(fixture)).as(step).isEqualTo(open(undisturbed));
      assertThat(fixture.discrepancies(SILVER)).as(step).isEmpty();
      assertThat(fixture.run(mended()).outcome()).as(step).isEqualTo(Outcome.UNCHANGED);
    }
  }

  private CleanFixture copied(Path start, String name) throws IOException {
    Path copy = folder.resolve("copy-" + name);
    FileUtils.copyDirectory(start.toFile(), copy.toFile());
    return new CleanFixture(copy);
  }
}
