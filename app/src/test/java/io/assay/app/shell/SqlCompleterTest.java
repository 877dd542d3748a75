package io.assay.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.run.ProjectsOnDisk;
import io.assay.config.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered while Spark is not up: by the project's files alone. */
class SqlCompleterTest {
  @TempDir private Path folder;
  private SqlCompleter completer;

  @BeforeEach
  void write() {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/functions/net_of.sql", "net_of(gross) = gross / 1.25\n");
    disk.write(
        "shop/datasets/orders/pipeline.yaml", "source: {files: {path: landing/*, format: csv}}\n");
    disk.contract("shop/datasets/orders", "order_id integer key", "amount number");
    disk.write("shop/marts/total/mart.sql", "SELECT count(*) AS orders FROM silver.orders\n");
    disk.contract("shop/marts/total", "orders integer");
    Project project = disk.project("shop");
    SparkStart never =
        new SparkStart(
            () -> {
              throw new IllegalStateException("not in this test");
            });
    completer = new SqlCompleter(new NamedColumns(project, never), List.of("sum", "sumptuous"));
  }

  /** What is offered at a bar. */
  private List<String> offers(String text) {
    int cursor = text.indexOf('|');
    List<Candidate> candidates = new ArrayList<>();
    completer.offers(text.replace("|", ""), cursor, candidates);
    return candidates.stream().map(Candidate::value).toList();
  }

  @Test
  void tablesAreOfferedBehindFromAndTheirColumnsBehindTheirNames() {
    assertThat(offers("SELECT * FROM |"))
        .containsExactlyInAnyOrder("bronze.", "silver.", "quarantine.", "gold.", "ops.");
    assertThat(offers("SELECT * FROM gold.t|")).containsExactly("gold.total");
    assertThat(offers("\\d SILVER.o|")).containsExactly("silver.orders");
    assertThat(offers("SELECT a| FROM silver.orders")).contains("amount", "and", "as");
    assertThat(offers("SELECT | FROM silver.orders")).containsExactly("order_id", "amount");
    assertThat(offers("SELECT o.| FROM silver.orders AS o JOIN gold.total"))
        .containsExactly("o.order_id", "o.amount");
    assertThat(offers("SELECT * FROM gold.total, silver.orders WHERE total.o|"))
        .containsExactly("total.orders");
    assertThat(offers("SELECT x.o| FROM silver.orders")).isEmpty();
  }

  @Test
  void keywordsFunctionsAndCommandsAreOfferedAsTheyAreTyped() {
    assertThat(offers("SEL|")).containsExactly("SELECT");
    assertThat(offers("sel|")).containsExactly("select");
    assertThat(offers("SELECT su|")).containsExactly("sum(", "sumptuous(");
    assertThat(offers("SELECT ne|")).containsExactly("net_of(");
    assertThat(offers("\\f|")).containsExactly("\\format");
    assertThat(offers("\\format |")).containsExactly("table", "records", "csv", "json");
    assertThat(offers("IN|")).doesNotContain("INSERT");
  }
}
