package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.config.Debezium;
import io.assay.config.Debezium.Connector;
import io.assay.config.History.Keep;
import io.assay.ops.OpsTables;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of documents that no contract knows, by policy, and what is told of them. */
class EvolvedDocumentsTest {
  private static final TableName BRONZE = TableName.bronze("people");
  private static final TableName SILVER = TableName.silver("people");

  @TempDir Path folder;

  private static Configurations people() {
    return Configurations.of("people").json().column("id int key");
  }

  @Test
  void newFieldsOfDocumentsBecomeColumnsAndNamesOutOfControlAreSetAside() throws IOException {
    CleanConfiguration evolving = people().evolve().build();
    String endless = "a".repeat(300);
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(
        BRONZE,
        "1",
        null,
        "{\"id\": 1}",
        null,
        "{\"id\": 2, \"Shoe Size\": 42.50, \"new\": {\"a\": [1, 2.0]}, \"ID\": \"x\", \"_x\": 1}",
        null,
        "{\"id\": 3, \"shoe size\": 1, \"Shoe Size\": 2, \"valid_from\": 3, \""
            + endless
            + "\": 4}");
    BatchResult first = fixture.run(evolving);

    assertThat(first.account().applied()).isEqualTo(3);
    assertThat(fixture.ask(SILVER, "id", "new", "shoe_size", "_rescued"))
        .containsExactly(
            "[1,null,null,null]",
            "[2,{\"a\": [1, 2.0]},42.50,{\"ID\":\"x\",\"_x\":\"1\"}]",
            "[3,null,2,{\"%s\":\"4\",\"shoe size\":\"1\",\"valid_from\":\"3\"}]"
                .formatted(endless));

    // A hundred columns at most, whoever sends what.
    String random =
        IntStream.range(0, 1_200)
            .mapToObj(i -> "\"k%04d\": %d".formatted(i, i))
            .collect(Collectors.joining(", "));
    fixture.landMessages(BRONZE, "2", null, "{\"id\": 4, \"new\": 5, " + random + "}");
    fixture.run(evolving);
    fixture.landMessages(BRONZE, "3", null, "{\"id\": 5, \"k0000\": 7, \"k0999\": 8, \"z\": 9}");
    BatchResult third = fixture.run(evolving);

    List<String> columns = List.of(fixture.read(SILVER).columns());
    assertThat(columns).contains("k0000", "k0097").doesNotContain("k0098", "z").hasSize(104);
    assertThat(fixture.read(SILVER).where("id = 5 and k0000 = '7'").select("_rescued").first())
        .hasToString("[{\"k0999\":\"8\",\"z\":\"9\"}]");
    assertThat(fixture.read(SILVER).where("id = 4 and new = '5'").count()).isEqualTo(1);
    assertThat(third.notes()).contains("rows with fields that the contract does not know: 1");
    List<String> told = fixture.schemaChanges(SILVER);
    assertThat(told)
        .startsWith(
            "1 appeared ID evolve no column could be added: kept in _rescued",
            "1 appeared _x evolve no column could be added: kept in _rescued",
            "1 appeared %s… evolve no column could be added: kept in _rescued"
                .formatted("a".repeat(199)),
            "1 appeared new string evolve added to silver")
        .contains("1 appeared shoe_size string evolve added to silver")
        .contains("2 appeared k0000 string evolve added to silver")
        .contains("2 appeared k0098 evolve no column could be added: kept in _rescued")
        .doesNotHaveDuplicates();
    assertThat(told.size()).isLessThan(1_300);
    fixture.drop(OpsTables.SCHEMA_CHANGES);
    assertThat(fixture.schemaChanges(SILVER)).isEqualTo(told);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();

    fixture.rebuild(evolving);
    assertThat(fixture.read(SILVER).where("id = 5 and k0000 = '7'").count()).isEqualTo(1);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  private static String message(String op, int lsn, String after) {
    return "{\"op\": \"%s\", \"after\": %s, \"source\": {\"connector\": \"postgresql\", \"lsn\": %d}}"
        .formatted(op, after, lsn);
  }

  private static Configurations captured() {
    return people()
        .debezium(
            new Debezium(
                Optional.of(Connector.POSTGRESQL),
                Optional.empty(),
                Debezium.DEFAULT.unavailable()))
        .column("place int")
        .expression("place", "source.lsn")
        .history(Histories.of(Keep.SCD2, "place").build());
  }

  private static List<String> versions(CleanFixture fixture, String... columns) {
    return fixture
        .read(TableName.history("people"))
        .selectExpr("concat_ws(' ', id, " + String.join(", ", columns) + ", valid_from, valid_to)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  @Test
  void aColumnThatIsAddedToACapturedTableIsAddedToItsHistory() {
    CleanConfiguration captured = captured().evolve().build();
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(
        BRONZE, "1", null, message("c", 1, "{\"id\": 1}"), null, message("c", 2, "{\"id\": 2}"));
    fixture.run(captured);
    fixture.landMessages(
        BRONZE,
        "2",
        null,
        message("u", 3, "{\"id\": 1, \"city\": \"Rome\"}"),
        null,
        message("u", 4, "{\"id\": 1, \"city\": \"__debezium_unavailable_value\"}"),
        null,
        message("u", 5, "{\"id\": 2, \"city\": null}"));
    // Which columns a batch brings is settled with it, whatever happens and is changed meanwhile.
    CommitSeam halting =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("EVENTS")) {
            throw new IllegalStateException("halted");
          }
        };
    assertThatThrownBy(() -> fixture.run(captured, halting)).hasMessage("halted");
    fixture.run(captured().build());
    fixture.landMessages(BRONZE, "3", null, message("u", 6, "{\"id\": 1, \"city\": \"Oslo\"}"));
    fixture.run(captured);

    assertThat(versions(fixture, "city")).containsExactly("1 1 3", "1 Oslo 6", "1 Rome 3 6", "2 2");
    assertThat(fixture.schemaChanges(SILVER))
        .containsExactly("2 appeared city string evolve added to silver");
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void whatOtherPoliciesSetAsideAndWhatAContractGainsIsToldOnce() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration before = people().column("old int").build();
    fixture.landMessages(BRONZE, "1", null, "{\"id\": 1, \"old\": 1, \"b\": 1}");
    fixture.run(before);
    fixture.landMessages(BRONZE, "2", null, "{\"id\": 2, \"b\": 1, \"c\": 1}");
    fixture.run(before);
    CleanConfiguration after = people().column("b int").failOnDrift().build();
    fixture.landMessages(BRONZE, "3", null, "{\"id\": 3, \"b\": 1, \"d\": 1}");
    fixture.run(after);
    fixture.run(after, CleanFixture.accept("drift"));

    assertThat(fixture.schemaChanges(SILVER))
        .containsExactly(
            "1 appeared b rescue kept in _rescued",
            "2 appeared c rescue kept in _rescued",
            "4 appeared b int as the contract says",
            "4 appeared d fail kept in _rescued",
            "4 disappeared old int as the contract says");
  }
}
