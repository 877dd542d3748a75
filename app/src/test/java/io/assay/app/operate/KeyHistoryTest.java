package io.assay.app.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.operate.KeyTimeline.Effect;
import io.assay.app.operate.KeyTimeline.Event;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyHistoryTest {
  @TempDir Path folder;

  @Test
  void aKeysVersionsGapsAndEventsAreToldWithWhereTheyCameFrom() throws Exception {
    CustomerProject customers = new CustomerProject(folder);
    customers.change(
        "datasets/customers/contract.odcs.yaml",
        "      - {name: city, logicalType: string}\n",
        "      - {name: city, logicalType: string}\n      - {name: op, logicalType: string, tags: [pii]}\n");
    customers.change(
        "datasets/customers/pipeline.yaml",
        "sequence: [updated_at]",
        "sequence: [updated_at]\n  track: {except: [op]}");
    customers.land(
        "customers-1.jsonl",
        "a York 01 U",
        "a York 03 I",
        "a York 05 D",
        "a Bath 07 U",
        "a Acre 07 U",
        "b Hull 01 U");
    customers.land("customers-2.jsonl", "a Leeds 02 U", "a Bath 08 U");

    KeyTimeline timeline = history(customers).timeline(List.of("a"));

    assertThat(timeline.events())
        .extracting(Event::did)
        .containsSubsequence(Effect.OPENED, Effect.CHANGED, Effect.CHANGED, Effect.CLOSED)
        .contains(Effect.LOST);
    assertThat(timeline.events()).extracting(Event::late).containsOnlyOnce(true);
    assertThat(timeline.events().get(1).source()).endsWith("customers-2.jsonl:1");
    String text = text(timeline);
    assertThat(text)
        .contains("silver.customers_history, customer_id=a")
        .contains(
            "city: York → Leeds", "the key did not exist", "lost a tie", "2026-01-05T00:00:00Z")
        .contains("•••")
        .doesNotContain("Hull");

    JsonNode json = new ObjectMapper().readTree(KeyTimelineText.json(timeline));
    assertThat(json.at("/key/customer_id").asText()).isEqualTo("a");
    assertThat(json.at("/versions/1/valid_from").asText()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(json.at("/versions/1/changes/0/after").asText()).isEqualTo("Leeds");
    assertThat(json.at("/versions/3/after_gap").asBoolean()).isTrue();
    assertThat(json.at("/versions/0/values/op").asText()).isEqualTo("•••");
    assertThat(json.at("/events/1/late").asBoolean()).isTrue();
    assertThat(json.at("/events/0/sequence/updated_at").asText()).isEqualTo("2026-01-01T00:00:00Z");

    KeyHistory history = history(customers);
    refused(history, ExitCode.FAILURE, "was ever accepted for customer_id=zz", "zz");
    refused(history, ExitCode.USAGE, "'customer' is no column of the key", "customer=a");
    refused(history, ExitCode.USAGE, "is given twice", "customer_id=a", "customer_id=b");
    assertThat(history.timeline(List.of("customer_id=b")).versions()).hasSize(1);
  }

  /** Of the two events at the fifth the second wins, by its hash. */
  @Test
  void truncatesEarlyDeletesWithdrawnTiesAndPartialUpdatesAreTold() throws Exception {
    CustomerProject customers = new CustomerProject(folder);
    customers.change(
        "datasets/customers/pipeline.yaml",
        "delete_when: op = 'D'",
        "delete_when: op = 'D'\n  truncate_when: op = 'T'\n  ties: quarantine\n"
            + "  ignore_null_updates: [city]\n  track: {only: [city, updated_at]}");
    customers.land("customers-1.jsonl", "a York 02 U", "a - 03 U", "a Deal 05 U", "b Ely 02 U");
    customers.land("customers-2.jsonl", "a - 01 D", "- - 06 T", "a Hull 05 U", "a Hull 08 U");

    KeyTimeline timeline = history(customers).timeline(List.of("a"));

    assertThat(effects(customers, "a"))
        .containsExactly(
            "delete nothing",
            "upsert opened",
            "upsert changed",
            "upsert changed",
            "upsert lost a tie",
            "truncate closed",
            "upsert opened");
    String text = text(timeline);
    assertThat(text)
        .containsSubsequence(
            "city=York",
            "updated_at: 2026-01-02T00:00:00Z → 2026-01-03T00:00:00Z",
            "city: York → Hull",
            "the key did not exist",
            "current");
    assertThat(timeline.versions()).hasSize(4);
  }

  @Test
  void rowsOfASnapshotThatCouldNotBeReadAndKeysThatItLacksAreTold() throws Exception {
    CustomerProject customers = new CustomerProject(folder);
    customers.change(
        "datasets/customers/pipeline.yaml",
        "  keep: scd2\n  sequence: [updated_at]\n  delete_when: op = 'D'",
        "  keep: scd2\nformat: snapshot\nsnapshot: {taken_at: updated_at}\ngate: {quarantined: 60}");
    customers.change(
        "datasets/customers/contract.odcs.yaml",
        "{name: city, logicalType: string}",
        "{name: city, logicalType: string, required: true}");
    customers.change(
        "datasets/customers/contract.odcs.yaml",
        "      - {name: updated_at, logicalType: timestamp, physicalType: timestamp, required: true}\n",
        "");
    customers.land("customers-1.jsonl", "a York 01 U", "b Hull 01 U", "c Ely 01 U");
    customers.land("customers-2.jsonl", "a - 02 U", "c Ely 02 U");

    assertThat(effects(customers, "a"))
        .containsExactly(
            "truncate nothing", "upsert opened", "truncate nothing", "present nothing");
    assertThat(effects(customers, "b"))
        .containsExactly("truncate nothing", "upsert opened", "truncate closed");
    assertThat(effects(customers, "c"))
        .containsExactly("truncate nothing", "upsert opened", "truncate nothing", "upsert nothing");
    assertThat(text(history(customers).timeline(List.of("b")))).contains("the key does not exist");
  }

  private static List<String> effects(CustomerProject customers, String key) {
    return history(customers).timeline(List.of(key)).events().stream()
        .map(event -> event.operation() + " " + event.did().label())
        .toList();
  }

  private static KeyHistory history(CustomerProject customers) {
    Project project = customers.load();
    return new KeyHistory(TestSpark.session(), project, project.datasets().get("customers"));
  }

  private static String text(KeyTimeline timeline) throws Exception {
    StringBuilder text = new StringBuilder();
    KeyTimelineText.write(timeline, text);
    return text.toString();
  }

  private static void refused(KeyHistory history, ExitCode code, String message, String... given) {
    assertThatThrownBy(() -> history.timeline(List.of(given)))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            AssayException.class, refused -> assertThat(refused.exitCode()).isEqualTo(code));
  }
}
