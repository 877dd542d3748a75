package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.demo.Demo;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.contract.ContractColumn;
import io.assay.job.JobContext;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads every gold table of the demo by the snippets of the documentation. */
@Tag("all")
class GoldReadersTest {
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/ask-gold.md");

  private static final String CHECK =
      """
      import json, sys
      from decimal import Decimal
      from deltalake import DeltaTable
      tables, *readers = sys.argv[1:]
      checks = 0
      for name, expected in json.load(open(tables)).items():
          table = DeltaTable(expected["path"])
          fields = json.loads(table.schema().to_json())["fields"]
          found = {
              "reader": table.protocol().min_reader_version,
              "comment": table.metadata().description,
              "comments": {
                  f["name"]: f["metadata"].get("comment")
                  for f in fields
                  if not f["name"].startswith("_")
              },
          }
          for what, value in found.items():
              checks += 1
              if value != expected[what]:
                  print(f"{name}: {what} is {value}, not {expected[what]}")
          for reader in readers:
              names = {"path": expected["path"]}
              exec(open(reader).read(), names)
              rows = names["rows"]
              sums = {"*": str(rows.num_rows)}
              for column in expected["sums"]:
                  if column != "*":
                      values = [v for v in rows.column(column).to_pylist() if v is not None]
                      sums[column] = str(sum((Decimal(str(v)) for v in values), Decimal(0)))
              for column, value in expected["sums"].items():
                  checks += 1
                  close = abs(Decimal(sums[column]) - Decimal(value)) <= Decimal(expected["within"])
                  if not close:
                      print(f"{name}: {reader}: {column} sums to {sums[column]}, not {value}")
      print(f"{checks} checks")
      """;

  @TempDir private Path temporary;

  @Test
  void deltaRsAndDuckDbAndPolarsReadEveryGoldTableAsSparkDoes() throws Exception {
    Project project = told();
    Map<String, Object> tables = new LinkedHashMap<>();
    for (Mart mart : project.marts().values()) {
      tables.put(TableName.gold(mart.name()).toString(), expected(project, mart));
    }
    assertThat(tables).hasSizeGreaterThan(4);
    Path expected = temporary.resolve("expected.json");
    new ObjectMapper().writeValue(expected.toFile(), tables);
    Path venv = Path.of("target", "readers-venv").toAbsolutePath();
    run("python3", "-m", "venv", venv.toString());
    String python = venv.resolve("bin/python").toString();
    run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "deltalake==1.1.4",
        "duckdb==1.4.1",
        "polars==1.34.0",
        "pyarrow==21.0.0");
    List<String> command = new ArrayList<>(List.of(python, "-c", CHECK, expected.toString()));
    for (String reader : List.of("read_delta_rs.py", "read_duckdb.py", "read_polars.py")) {
      Path file = temporary.resolve(reader);
      Files.writeString(file, PAGE.text(reader));
      command.add(file.toString());
    }

    String said = run(command.toArray(String[]::new));

    assertThat(said.lines()).singleElement().asString().matches("\\d{2,} checks");
  }

  /** The demo in a copy of this installation, and its project. */
  private Project told() throws Exception {
    FileUtils.copyDirectory(
        Installation.root().resolve("conf").toFile(), temporary.resolve("conf").toFile());
    PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Demo demo = new Demo(temporary, Map.of("ASSAY_WAREHOUSE", "/nowhere"), nobody);
    demo.tell(
        new JobContext(
            TestSpark.session(),
            demo.project(),
            Clock.systemUTC(),
            "readers-test",
            CommitSeam.DIRECT,
            Decision.NONE));
    return demo.project();
  }

  private static Map<String, Object> expected(Project project, Mart mart) {
    TableName table = TableName.gold(mart.name());
    Map<String, String> comments = new LinkedHashMap<>();
    for (ContractColumn column : mart.contract().columns()) {
      comments.put(column.name(), column.description().orElse(null));
    }
    Dataset<Row> rows = new TableCatalog(TestSpark.session(), project.warehouse()).read(table);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("path", Path.of(project.warehouse().path(table).toUri()).toString());
    expected.put("reader", 1);
    expected.put("comment", mart.contract().description().orElse(null));
    expected.put("comments", comments);
    expected.put("sums", sums(rows));
    expected.put("within", "0.000001");
    return expected;
  }

  /** The number of rows, by a star, and the sum of every column of numbers. */
  private static Map<String, String> sums(Dataset<Row> rows) {
    Map<String, String> sums = new LinkedHashMap<>();
    List<Row> all = rows.collectAsList();
    sums.put("*", String.valueOf(all.size()));
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof NumericType) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : all) {
          Object value = row.getAs(field.name());
          sum = value == null ? sum : sum.add(new BigDecimal(value.toString()));
        }
        sums.put(field.name(), sum.toPlainString());
      }
    }
    return sums;
  }

  private String run(String... command) throws Exception {
    Path output = Files.createTempFile(temporary, "python", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    String said = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    return said;
  }
}
