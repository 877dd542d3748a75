package io.assay.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.app.run.ProjectsOnDisk;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLocation;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDatasetTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path folder;
  private ProjectsOnDisk disk;

  @BeforeEach
  void makeProject() {
    disk = new ProjectsOnDisk(folder);
    disk.write(
        "shop/assay.yaml", "project: shop\nconnections:\n  drop: {store: {root: ../drop}}\n");
  }

  @Test
  void whatIsProposedForFilesOfEveryKindValidatesAndBringsEveryRowToSilver() throws IOException {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put(propose("orders", "orders.csv", ORDERS), 4L);
    rows.put(propose("header_only", "header.csv", "id,name\n"), 0L);
    rows.put(propose("one_column", "one.csv", "text\nhello, world\n\"a\nb\"\n"), 2L);
    rows.put(
        propose(
            "marked",
            "marked.csv",
            "\uFEFFid;price;note\n1;1,5;\"a;b\"\n2;2,5;\"say \"\"x\"\"\"\n"),
        2L);
    rows.put(propose("twice", "twice.csv", "a,a,A,,\"b c\"\n1,2,3,4,5\n6,7,8,9,10\n"), 2L);
    rows.put(propose("bare", "bare.csv", "1,x\n2,y\n3,z\n"), 3L);
    rows.put(propose("wide", "wide.csv", wide(100, 3)), 3L);
    rows.put(propose("lines", "notes.txt", "one\n\ntwo, three\n"), 3L);
    rows.put(propose("documents", "events.jsonl", DOCUMENTS), 3L);
    rows.put(propose("listed", "list.json", "[{\"id\": 1},\n {\"id\": 2}]\n"), 2L);
    Files.write(
        landing("western.csv"), "name,x\nGröße,1\n".getBytes(Charset.forName("windows-1252")));
    assertThat(proposed("western", "landing/western.csv").notes())
        .singleElement()
        .asString()
        .contains("not UTF-8", "windows-1252");
    rows.put("western", 1L);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(landing("packed.tsv.gz")))) {
      out.write("k\tv\n01\tx\n02\ty\n".getBytes(StandardCharsets.UTF_8));
    }
    rows.put(propose("packed", "landing/packed.tsv.gz"), 2L);
    typed();
    rows.put(propose("typed", "landing/typed"), 2L);
    Files.createDirectories(folder.resolve("drop/a"));
    Files.writeString(folder.resolve("drop/a/day-1.csv"), "id\n1\n");
    Files.writeString(folder.resolve("drop/a/day-2.csv"), "id\n2\n");
    proposed("dropped", folder.resolve("drop/a/day-*.csv").toString());
    rows.put("dropped", 2L);

    Project project = shop();
    List<JobReport> reports = disk.run(project);

    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.toString())
                    .isIn(Outcome.SUCCEEDED, Outcome.UNCHANGED));
    rows.forEach(
        (name, count) ->
            assertThat(ProjectsOnDisk.rows(project, "SELECT count(*) FROM silver." + name))
                .as(name)
                .containsExactly("[" + count + "]"));
    assertThat(
            ProjectsOnDisk.rows(
                project, "SELECT id, code, amount, ordered_on, paid, email FROM silver.orders"))
        .containsExactly(
            "[1,007,1.50,2011-01-31,true,a@x.org]",
            "[2,008,20.00,2011-02-01,false,b@x.org]",
            "[3,009,3.25,2011-02-28,true,c@x.org]",
            "[4,010,4.00,null,false,null]");
    assertThat(ProjectsOnDisk.rows(project, "SELECT name, x FROM silver.western"))
        .containsExactly("[Größe,1]");
    assertThat(ProjectsOnDisk.rows(project, "SELECT * FROM silver.twice"))
        .containsExactly("[1,2,3,4,5]", "[6,7,8,9,10]");
    assertThat(ProjectsOnDisk.rows(project, "SELECT id, big, zip, tags FROM silver.documents"))
        .containsExactly(
            "[1,12345678901234567890.12,01234,[\"a\"]]", "[2,1.10,null,null]", "[3,null,99999,[]]");
    assertThat(ProjectsOnDisk.rows(project, "SELECT id, part.a FROM silver.typed"))
        .containsExactly("[1,x]", "[2,y]");
    assertThat(Files.readString(folder.resolve("shop/datasets/documents/contract.odcs.yaml")))
        .contains("fields that are personal, such as eMail")
        .doesNotContain("ada@x.org");
    assertThat(Files.readString(folder.resolve("shop/datasets/typed/contract.odcs.yaml")))
        .contains("it holds an email address")
        .doesNotContain("bob@x.org");
    assertSaysWhatItContains();
  }

  private void assertSaysWhatItContains() throws IOException {
    String contract = Files.readString(folder.resolve("shop/datasets/orders/contract.odcs.yaml"));

    assertThat(contract)
        .contains("primaryKey: true", "A guess: it identifies a row", "name: id_unique")
        .contains("physicalType: \"decimal(18,2)\"", "format: dd/MM/yyyy")
        .contains("leading zeros", "it holds an email address", "- pii")
        .contains("A guess: every one of the 4 rows of orders.csv has a value.")
        .contains("value: warn")
        .doesNotContain("value: quarantine", "a@x.org", "nobody@");
    String pipeline = Files.readString(folder.resolve("shop/datasets/orders/pipeline.yaml"));
    assertThat(pipeline)
        .contains("path: landing/orders.csv", "format: csv")
        .doesNotContain("delimiter");
  }

  @Test
  void nothingIsWrittenOverAndWhatCannotBeProposedSaysWhatToDo() throws IOException {
    Files.writeString(landing("orders.csv"), ORDERS);
    disk.contract("shop/datasets/orders", "id integer key");
    disk.write(
        "shop/datasets/orders/pipeline.yaml", "source: {files: {path: a.csv, format: csv}}\n");
    Path contract = folder.resolve("shop/datasets/orders/contract.odcs.yaml");
    Files.writeString(contract, Files.readString(contract) + "# mine\n");

    assertUsage("already", "orders", "landing/orders.csv");
    assertThat(Files.readString(contract)).endsWith("# mine\n");
    assertUsage("for example 'my_orders'", "My Orders", "landing/orders.csv");
    assertUsage("there is no file", "other", "landing/none.csv");
    assertThatThrownBy(() -> SourcePlace.of(shop(), "orders"))
        .hasMessageContaining("the table is called silver.orders");
    assertUsage("no file matches", "other", "landing/none*.csv");
    Files.writeString(landing("empty.csv"), "");
    assertUsage("neither a header nor a row", "other", "landing/empty.csv");
    Files.writeString(landing("data.xls"), "x");
    assertUsage("--format", "other", "landing/data.xls");
    Files.writeString(folder.resolve("far.csv"), "id\n1\n");
    assertUsage("connections:", "other", "far.csv", folder);
    Files.writeString(landing("a.json"), "{}");
    assertUsage("several formats", "other", "landing/[ao]*");
    Files.writeString(landing("broken.csv.gz"), "no archive");
    assertRefused(ExitCode.QUALITY, "is left out", "other", "landing/broken.csv.gz");
    assertThat(folder.resolve("shop/datasets/other")).doesNotExist();
  }

  @Test
  void whatPeopleMustKnowOfTheFilesIsSaid() throws IOException {
    Files.writeString(
        landing("changes.json"), "{\"op\": \"c\", \"before\": null, \"after\": {\"id\": 1}}\n");
    Files.writeString(landing("day-1.csv"), "id,name\n1,a\n2,b\nshort\n");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      String lines =
          IntStream.range(0, 9000).mapToObj(i -> i * 7919 + ",x\n").collect(Collectors.joining());
      out.write(("id,name\n" + lines).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    Files.write(landing("day-2.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

    assertThat(proposed("changes", "landing/changes.json").notes())
        .singleElement()
        .asString()
        .contains("Debezium", "format: debezium");
    NewDataset days = proposed("days", "landing/day-*");
    assertThat(days.rows()).isEqualTo(3);
    assertThat(days.notes())
        .satisfiesExactly(
            note -> assertThat(note).contains("day-2.csv.gz is left out", "truncated"),
            note -> assertThat(note).startsWith("1 of 3 rows cannot be read"));
  }

  private static final String ORDERS =
      """
      id,code,amount,Ordered On,paid,email,nothing
      1,007,1.50,31/01/2011,true,a@x.org,
      2,008,20.00,01/02/2011,false,b@x.org,
      3,009,3.25,28/02/2011,true,c@x.org,
      4,010,4,,false,,
      """;

  private static final String DOCUMENTS =
      """
      {"id": 1, "big": 12345678901234567890.12, "zip": "01234", "tags": ["a"]}
      {"id": 2, "big": 1.10, "who": {"contact": [{"eMail": "ada@x.org"}]}}
      {"id": 3, "zip": "99999", "tags": []}
      """;

  private void assertUsage(String part, String name, String file) {
    assertUsage(part, name, file, folder.resolve("shop"));
  }

  private void assertUsage(String part, String name, String file, Path below) {
    assertRefused(ExitCode.USAGE, part, name, below.resolve(file).toString());
  }

  private void assertRefused(ExitCode exitCode, String part, String name, String file) {
    assertThatThrownBy(() -> proposed(name, file))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(part);
  }

  private String propose(String name, String file, String text) throws IOException {
    Files.writeString(landing(file), text);
    return propose(name, "landing/" + file);
  }

  private String propose(String name, String file) {
    proposed(name, file);
    return name;
  }

  /**
   * Proposes a dataset.
   *
   * @param file a path from the project on
   */
  private NewDataset proposed(String name, String file) {
    return NewDataset.propose(
        SPARK,
        shop(),
        place(),
        name,
        folder.resolve("shop").resolve(file).toString(),
        Optional.empty(),
        Map.of());
  }

  private Path landing(String file) throws IOException {
    return Files.createDirectories(folder.resolve("shop/landing")).resolve(file);
  }

  private Project shop() {
    return disk.project("shop");
  }

  private ProjectLocation place() {
    return ProjectLocation.of(folder.resolve("shop").toString());
  }

  private void typed() {
    SPARK
        .sql(
            "SELECT id, cast(id * 1.5 AS decimal(9,3)) AS `Net Price`, timestamp '2011-01-31 01:02:03'"
                + " AS at, 'bob@x.org' AS who, named_struct('a', chr(119 + id)) AS part FROM range(1, 3)")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("shop/landing/typed").toString());
  }

  private static String wide(int columns, int rows) {
    String header =
        IntStream.range(0, columns).mapToObj(i -> "Column " + i).collect(Collectors.joining(","));
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int row = 0; row < rows; row++) {
      int number = row;
      text.append(
              IntStream.range(0, columns)
                  .mapToObj(i -> i % 3 == 0 ? "" : i % 3 == 1 ? "" + number * i : "t" + i)
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }
}
