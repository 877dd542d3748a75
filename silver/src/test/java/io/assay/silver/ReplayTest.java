package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
}
