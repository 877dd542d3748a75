package io.assay.app.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.config.Project;
import io.assay.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotComparisonTest {
  @TempDir Path folder;

  @Test
  void missingSurplusAndDifferentKeysAreToldAndNothingIsCommitted() throws Exception {
    CustomerProject customers = new CustomerProject(folder);
    customers.land(
        "customers-1.jsonl",
        "a York 01 U",
        "b Hull 01 U",
        "c Bath 01 U",
        "d Deal 01 U",
        "e Ely 01 U",
        "e Ely 02 D");
    Path snapshot = folder.resolve("full.csv");
    Files.writeString(
        snapshot,
        """
        customer_id,city,updated_at
        a,York,2026-01-01T00:00:00Z
        b,Leeds,2026-01-01T00:00:00Z
        d,Deal,yesterday
        f,Frome,2026-01-03T00:00:00Z
        f,Frome,2026-01-03T00:00:00Z
        ,Nowhere,2026-01-03T00:00:00Z
        """);

    SnapshotComparison comparison = compare(customers, snapshot.toString());

    assertThat(comparison.holds()).isFalse();
    JsonNode json = new ObjectMapper().readTree(comparison.json());
    assertThat(json.get("missing").asInt()).isEqualTo(2);
    assertThat(json.get("surplus").asInt()).isEqualTo(1);
    assertThat(json.get("different").asInt()).isEqualTo(1);
    assertThat(json.get("unreadable").asInt()).isEqualTo(2);
    assertThat(json.at("/columns/city").asInt()).isEqualTo(1);
    assertThat(json.at("/samples/0/key/customer_id").asText()).isEqualTo("b");
    StringBuilder text = new StringBuilder();
    comparison.write(text);
    assertThat(text.toString())
        .contains("different  1 (city 1)", "surplus    customer_id=c", "missing    customer_id=f")
        .contains("repeated   customer_id=f")
        .doesNotContain("customer_id=null");

    Files.writeString(folder.resolve("keys.csv"), "customer_id\na\nb\nc\nd\n");
    SnapshotComparison keys = compare(customers, folder.resolve("keys.csv").toString());
    assertThat(keys.holds()).isTrue();
    assertThat(keys.json()).contains("\"not_compared\" : [ \"city\", \"updated_at\" ]");
    assertThat(compare(customers, "silver.customers").holds()).isTrue();
    assertThatThrownBy(() -> compare(customers, "full.xls"))
        .hasMessageContaining("neither a table");
    assertThatThrownBy(() -> compare(customers, "bronze.customer"))
        .hasMessageContaining("no table bronze.customer; did you mean 'bronze.customers'?");
    Files.writeString(folder.resolve("cities.csv"), "city\nYork\n");
    assertThatThrownBy(() -> compare(customers, folder.resolve("cities.csv").toString()))
        .hasMessageContaining("has nothing for customer_id");
  }

  private static SnapshotComparison compare(CustomerProject customers, String snapshot) {
    Project project = customers.load();
    return SnapshotComparison.of(
        TestSpark.session(), project, project.datasets().get("customers"), snapshot, 20);
  }
}
