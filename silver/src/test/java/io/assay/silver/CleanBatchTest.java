package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.contract.OnFailure;
import io.assay.error.AssayException;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanBatchTest {
  private static final TableName BRONZE = TableName.bronze("lines");
  private static final TableName SILVER = TableName.silver("lines");
  private static final TableName QUARANTINE = TableName.quarantine("lines");

  @TempDir Path folder;

  private static final String ROWS =
      """
      select * from values
        ('1', 'Ann', '10.10', '2011-07-31 17:05', 'ok',   null, null),
        ('2', 'Ben', '20.25', '2011-01-31 17:05', 'ok',   null, null),
        ('2', 'Ben', '20.25', '2011-01-31 17:05', 'ok',   null, null),
        ('3', '',    '1.239', 'yesterday',        'ok',   null, null),
        (null, 'Cy', '-5.00', '2011-01-31 17:05', 'ok',   null, null),
        ('5', null,  '7.50',  '2011-01-31 17:05', 'TEST', null, null),
        ('6', 'Di',  'oops',  '2011-01-31 17:05', 'TEST', null, null),
        ('7', null,  null,    null,               null,   'a record of 3 fields, not 7', null),
        ('8', 'Ed',  '9.00',  '2011-01-31 17:05', 'ok',   null, 'x'),
        ('9', 'Flo', '100.5', '2011-01-31 17:05', 'ok',   null, null)
      as t(Id, Name, Amount, At, Kind, _problem, Colour)
      """;

  private static Configurations lines() {
    return Configurations.of("lines")
        .column("id int key from=Id")
        .column("name string required personal from=Name")
        .column("amount decimal(10,2) required from=Amount")
        .column("doubled decimal(12,2)")
        .column("at timestamp from=At")
        .column("is_repeat boolean required")
        .expression("doubled", "doubled(cast(Amount as decimal(10,2)))")
        .rule("positive", "amount", "amount > 0", OnFailure.QUARANTINE)
        .rule("no_nines", null, "id is null or id <> 9 or amount < 50", OnFailure.QUARANTINE)
        .rule("small", "amount", "amount < 20", OnFailure.WARN)
        .where("kind = 'ok' or amount > 10")
        .repeats("is_repeat");
  }

  @Test
  void everyRowEndsInSilverOrInQuarantineWithAllRulesItBroke() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a.csv", ROWS);

    BatchResult result = fixture.run(lines().build());

    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.account()).isEqualTo(new Account(10, 0, 0, 4, 0, 0, 0, 5, 1));
    assertThat(result.account().balanced()).isTrue();
    assertThat(
            fixture.ask(
                SILVER,
                "id",
                "name",
                "amount",
                "doubled",
                "cast(at as string)",
                "is_repeat",
                "_rescued",
                "_source.position",
                "_batch"))
        .containsExactly(
            "[1,Ann,10.10,20.20,2011-07-31 16:05:00,false,null,0,1]",
            "[2,Ben,20.25,40.50,2011-01-31 17:05:00,false,null,1,1]",
            "[2,Ben,20.25,40.50,2011-01-31 17:05:00,true,null,2,1]",
            "[8,Ed,9.00,18.00,2011-01-31 17:05:00,false,{\"Colour\":\"x\"},8,1]");
    assertThat(fixture.ask(QUARANTINE, "_source.position", "array_sort(rules)"))
        .containsExactly(
            "[3,WrappedArray(amount_type, at_type)]",
            "[4,WrappedArray(id_key, positive)]",
            "[6,WrappedArray(amount_type)]",
            "[7,WrappedArray(unreadable)]",
            "[9,WrappedArray(no_nines)]");
    assertThat(result.notes())
        .contains(
            "rows with fields that the contract does not know: 1",
            "small: 3 rows break: not true: amount < 20");
    assertThat(fixture.run(lines().build()).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.state(SILVER).version()).isZero();
    assertThat(fixture.state(QUARANTINE).version()).isZero();
  }

  @Test
  void quarantineKeepsWhatCameAndTablesAreDescribed() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a.csv", ROWS);
    fixture.run(lines().build());

    Row refused = fixture.read(QUARANTINE).where("_source.position = 3").first();
    assertThat(refused.<String>getAs("raw"))
        .isEqualTo(
            "{\"Id\":\"3\",\"Name\":\"\",\"Amount\":\"1.239\",\"At\":\"yesterday\","
                + "\"Kind\":\"ok\",\"_problem\":null,\"Colour\":null}");
    assertThat(refused.getList(refused.fieldIndex("reasons")).toString())
        .isEqualTo(
            "[[amount_type,amount,'1.239' is no decimal(10,2)],"
                + " [at_type,at,'yesterday' is no timestamp]]");
    assertThat(refused.<Object>getAs("_source").toString()).isEqualTo("[a.csv,3,null]");
    assertThat(refused.<String>getAs("_run_id")).isEqualTo("landing");
    assertThat(refused.<java.sql.Timestamp>getAs("quarantined_at").toInstant())
        .isEqualTo(CleanFixture.NOW);
    assertThat(refused.<Long>getAs("_batch")).isEqualTo(1);
    assertThat(refused.<Object>getAs("released_batch")).isNull();
    assertThat(fixture.read(SILVER).schema().apply("amount").getComment().get())
        .isEqualTo("The amount.");
    assertThat(fixture.properties(SILVER))
        .containsEntry(
            "delta.dataSkippingStatsColumns", "`id`,`amount`,`doubled`,`at`,`_rescued`,`_batch`")
        .containsEntry("delta.checkpointInterval", "100");
  }

  @Test
  void moneyIsTheSameToTheCentOnBothWays() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(
        BRONZE,
        "a.csv",
        "select cast(id as string) Id, 'x' Name, concat(id % 997, '.', lpad(id % 100, 2, '0'))"
            + " Amount, '2011-01-31' At, 'ok' Kind from range(900)");
    fixture.run(lines().build());

    BigDecimal fromText =
        fixture.read(BRONZE).select("Amount").collectAsList().stream()
            .map(row -> new BigDecimal(row.getString(0)))
            .filter(amount -> amount.signum() > 0)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(fixture.read(SILVER).selectExpr("sum(amount)").first().getDecimal(0))
        .isEqualByComparingTo(fromText);
  }

  @Test
  void jsonIsTakenVerbatimAndIntoItsDepth() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(
        BRONZE,
        "a.jsonl",
        """
        select * from values
          ('{"id":1,"amount":12345678901234567890.12,"note":1.10,"delivery":{"gift":true,"fee":0.30},"lines":[{"sku":"a","n":2}]}'),
          ('{"id":2,"amount":1.10,"delivery":{"gift":"perhaps"},"lines":[{"sku":"a","n":"two"}],"colour":{"r":1}}'),
          ('{"id":3,"amount":null,"new":1.00}'),
          ('[4]')
        as t(_value)
        """);
    CleanConfiguration configuration =
        Configurations.of("lines")
            .json()
            .column("id bigint key")
            .column("amount decimal(38,2)")
            .column("note string")
            .column("is_gift boolean")
            .column("lines array<struct<sku:string,n:int>>")
            .expression("is_gift", "delivery.gift")
            .build();

    BatchResult result = fixture.run(configuration);

    assertThat(result.account()).isEqualTo(new Account(4, 0, 0, 2, 0, 0, 0, 2, 0));
    assertThat(
            fixture.ask(
                SILVER, "id", "amount", "note", "is_gift", "cast(lines as string)", "_rescued"))
        .containsExactly(
            "[1,12345678901234567890.12,1.10,true,[{a, 2}],null]",
            "[3,null,null,null,null,{\"new\":\"1.00\"}]");
    assertThat(fixture.ask(QUARANTINE, "array_sort(rules)", "raw"))
        .containsExactly(
            "[WrappedArray(is_gift_type,"
                + " lines_type),{\"_value\":\"{\\\"id\\\":2,\\\"amount\\\":1.10,"
                + "\\\"delivery\\\":{\\\"gift\\\":\\\"perhaps\\\"},\\\"lines\\\":[{\\\"sku\\\":\\\"a\\\","
                + "\\\"n\\\":\\\"two\\\"}],\\\"colour\\\":{\\\"r\\\":1}}\"}]",
            "[WrappedArray(unreadable),{\"_value\":\"[4]\"}]");
  }

  @Test
  void aLandingOfNoRowsMakesATableAndAnotherChangesNothing() throws Exception {
    CleanFixture fixture = new CleanFixture(folder);
    String none = "select '1' Id, 'x' Name, '1' Amount, '' At, 'ok' Kind where false";
    CleanConfiguration configuration = lines().build();
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(fixture.read(SILVER).columns()).startsWith("id", "name");
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.UNCHANGED);
    fixture.land(BRONZE, "a.csv", none);
    BatchResult first = fixture.run(configuration);
    // Bronze gets a version without rows: a column that no row has yet.
    fixture.land(BRONZE, "b.csv", none.replace("'ok' Kind", "'ok' Kind, 'red' Colour"));
    BatchResult second = fixture.run(configuration);

    assertThat(List.of(first, second))
        .extracting(BatchResult::outcome, BatchResult::account)
        .containsOnly(org.assertj.core.api.Assertions.tuple(Outcome.SUCCEEDED, Account.EMPTY));
    assertThat(fixture.state(SILVER).version()).isZero();
    assertThat(fixture.state(QUARANTINE).exists()).isFalse();

    // A column is added to the contract, and the source brings it; then bronze is made anew.
    fixture.land(
        BRONZE, "c.csv", "select '1' Id, 'Ann' Name, '1' Amount, '' At, 'ok' Kind, 'red' Colour");
    CleanConfiguration wider = lines().column("colour string").build();
    assertThat(fixture.run(wider).account().applied()).isEqualTo(1);
    assertThat(fixture.ask(SILVER, "id", "colour")).containsExactly("[1,red]");
    fixture.drop(BRONZE);
    fixture.drop(SILVER);
    fixture.land(BRONZE, "d.csv", "select '2' Id, 'Ben' Name, '1' Amount, '' At, 'ok' Kind");
    assertThat(fixture.run(wider).account().applied()).isEqualTo(1);
    assertThat(fixture.ask(SILVER, "id", "colour")).containsExactly("[2,null]");
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void datesBeforeTheGregorianCalendarAreKeptAsTheyAre() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration =
        Configurations.of("lines").column("day date").column("at timestamp").build();
    fixture.land(
        BRONZE,
        "a.csv",
        "select * from values ('0001-01-01', '0001-01-01 12:00:00'), ('9999-12-31', '9999-12-31"
            + " 12:00:00') as t(day, at)");
    assertThat(fixture.run(configuration).account().applied()).isEqualTo(2);
    assertThat(fixture.ask(SILVER, "string(day)", "year(at)"))
        .containsExactly("[0001-01-01,1]", "[9999-12-31,9999]");
  }

  @Test
  void aTableWithoutHistoryNeitherDoublesItsRowsNorChangesItsKind() throws java.io.IOException {
    CleanFixture fixture = new CleanFixture(folder);
    Configurations plain = Configurations.of("lines").column("id int key").column("lsn int");
    fixture.land(BRONZE, "a.csv", "select '1' id, '1' lsn");
    fixture.run(plain.build());
    fixture.land(BRONZE, "b.csv", "select '2' id, '1' lsn");
    CleanConfiguration other =
        Configurations.of("lines")
            .column("id int key")
            .column("lsn int")
            .history(Histories.of(Keep.SCD2, "lsn").build())
            .build();

    assertThatThrownBy(() -> fixture.run(other))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("history.keep: none");

    fixture.drop(BRONZE);
    fixture.land(BRONZE, "a.csv", "select '1' id, '1' lsn");
    assertThatThrownBy(() -> fixture.run(plain.build()))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("bronze.lines was recreated");
    assertThat(fixture.ask(SILVER, "id")).containsExactly("[1]");
  }
}
