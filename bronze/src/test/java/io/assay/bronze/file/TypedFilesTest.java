package io.assay.bronze.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.config.Source.FileFormat;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedFilesTest {
  @TempDir Path folder;

  @Test
  void parquetKeepsItsTypesAndTellsPlaceAndAnUnreadableFileIsRefused() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.PARQUET);
    landing.file("1 x.parquet", written(landing, "parquet", 0, 3));
    landing.file("2.parquet", written(landing, "parquet", 3, 5));
    byte[] whole = written(landing, "parquet", 5, 6);
    landing.file("3.parquet", Arrays.copyOf(whole, whole.length - 20));
    landing.file("4.parquet", "");
    byte[] other =
        written(landing, landing.spark().range(2).selectExpr("string(id) as n"), "parquet");
    landing.file("5.parquet", other);

    BatchResult result = landing.run();

    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.notes())
        .hasSize(3)
        .anyMatch(note -> note.contains("3.parquet"))
        .anyMatch(note -> note.contains("4.parquet"))
        .anyMatch(note -> note.contains("column n is STRING here, and BIGINT before"));
    assertThat(result.account()).isEqualTo(Account.appended(5));
    assertThat(
            landing.rows(
                "typeof(n)",
                "n",
                "half",
                "regexp_extract(_source.origin, 'file:/[^/].*/([^/]*)$', 1)",
                "_source.position",
                "_problem"))
        .containsExactly(
            "[bigint,0,0.00,1 x.parquet,1,null]",
            "[bigint,1,0.50,1 x.parquet,2,null]",
            "[bigint,2,1.00,1 x.parquet,3,null]",
            "[bigint,3,1.50,2.parquet,1,null]",
            "[bigint,4,2.00,2.parquet,2,null]");
    assertThat(landing.changes()).containsExactly("n retyped bigint string files refused");
    assertThat(landing.pending()).isEqualTo(new Pending.Nothing());
  }

  @Test
  void avroRowsAreNumberedFileByFile() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.AVRO);
    landing.file("1.avro", written(landing, "avro", 0, 3));
    landing.file("2.avro", written(landing, "avro", 3, 5));
    landing.file("3.avro", "this is no Avro file");

    BatchResult result = landing.run();

    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.notes()).singleElement().asString().contains("3.avro");
    assertThat(
            landing.rows(
                "n",
                "half",
                "regexp_extract(_source.origin, 'file:/[^/].*/([^/]*)$', 1)",
                "_source.position"))
        .containsExactly(
            "[0,0.00,1.avro,1]",
            "[1,0.50,1.avro,2]",
            "[2,1.00,1.avro,3]",
            "[3,1.50,2.avro,1]",
            "[4,2.00,2.avro,2]");
    assertThat(landing.run().exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void avroFilesThatDifferKeepAllTheirColumns() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.AVRO);
    landing.file("1.avro", avro(landing, "1L as n"));
    landing.file("2.avro", avro(landing, "2L as n", "'red' as colour"));
    landing.file("3.avro", avro(landing, "'green' as colour", "3L as n"));
    landing.file("4.avro", avro(landing, "'four' as n"));

    BatchResult result = landing.run();

    assertThat(result.notes())
        .singleElement()
        .asString()
        .contains("4.avro", "column n is STRING here, and BIGINT before");
    assertThat(landing.rows("n", "colour", "_source.position"))
        .containsExactly("[1,null,1]", "[2,red,1]", "[3,green,1]");
  }

  private byte[] avro(Landing landing, String... columns) throws IOException {
    return written(landing, landing.spark().range(1).selectExpr(columns), "avro");
  }

  private byte[] written(Landing landing, String format, long from, long to) throws IOException {
    Dataset<Row> rows =
        landing
            .spark()
            .range(from, to)
            .selectExpr("id as n", "cast(id / 2 as decimal(10, 2)) as half");
    return written(landing, rows, format);
  }

  private byte[] written(Landing landing, Dataset<Row> rows, String format) throws IOException {
    Path out = Files.createTempDirectory(folder, landing.spark().version());
    rows.coalesce(1).write().format(format).mode("overwrite").save(out.toUri().toString());
    try (Stream<Path> files = Files.list(out)) {
      Path part =
          files.filter(file -> file.getFileName().toString().startsWith("part-")).findFirst().get();
      return Files.readAllBytes(part);
    }
  }
}
