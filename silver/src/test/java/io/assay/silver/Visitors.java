package io.assay.silver;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A dataset whose rules are corrected after rows were refused, as the tests of replays need it. */
final class Visitors {
  static final TableName SILVER = TableName.silver("visitors");
  static final TableName HISTORY = TableName.history("visitors");
  static final TableName QUARANTINE = TableName.quarantine("visitors");

  private static final TableName LANDING = TableName.bronze("office");
  private static final Duration BOUND = Duration.ofDays(5);

  private Visitors() {}

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

  private static Configurations bounded() {
    return visitors(Keep.SCD2)
        .history(Histories.of(Keep.SCD2, "lsn").validTime("at").acceptLate(BOUND).build());
  }

  private static Configurations withoutAtlantis(Configurations visitors) {
    return visitors.rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE);
  }

  private static Configurations knowingMany(Configurations visitors) {
    return visitors.expression("visits", "if(visits = 'many', '7', visits)");
  }

  private static Configurations upToEight(Configurations visitors) {
    return visitors.rule("at_most_eight", "visits", "visits <= 8", OnFailure.QUARANTINE);
  }

  /** A rule that turns good rows away, and a column that cannot be read. */
  static CleanConfiguration wrong(Keep keep) {
    return upToEight(withoutAtlantis(visitors(keep))).build();
  }

  static CleanConfiguration corrected(Keep keep) {
    return upToEight(knowingMany(visitors(keep))).build();
  }

  /** As {@link #wrong}, for events that are not older than five days, and half of them good. */
  static CleanConfiguration wrongAndBounded(double gate) {
    return withoutAtlantis(bounded()).gate(gate).build();
  }

  static CleanConfiguration correctedAndBounded() {
    return knowingMany(bounded()).gate(10).build();
  }

  /** Events of many keys, each key a trial of its own, cut into files without order. */
  static List<String> files(int seeds, int files) {
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

  static void land(CleanFixture fixture, String file, String... rows) {
    fixture.land(
        LANDING,
        file,
        "select * from values " + String.join(", ", rows) + " as t(id, city, visits, lsn, at, op)");
  }

  /** What people read, in no order. */
  static List<String> rows(CleanFixture fixture, Keep keep) {
    Dataset<Row> rows = fixture.read(keep == Keep.SCD2 ? HISTORY : SILVER);
    Column[] columns =
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith("_") || (keep == Keep.NONE && name.equals("_source")))
            .sorted()
            .map(functions::col)
            .toArray(Column[]::new);
    return texts(rows.select(columns));
  }

  /** What lies in quarantine for its own fault. */
  static List<String> open(CleanFixture fixture) {
    return texts(
        fixture
            .read(QUARANTINE)
            .where("released_batch is null and not array_contains(rules, 'tie')")
            .select("_source", "_event", "rules", "reasons", "raw"));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Each version: key, city, visits, and the days from which and to which it holds. */
  static List<String> versions(CleanFixture fixture) {
    return fixture
        .read(HISTORY)
        .selectExpr("concat_ws(' ', id, city, visits, day(valid_from), day(valid_to))")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }
}
