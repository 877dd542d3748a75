package io.assay.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.run.ProjectsOnDisk;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, by what somebody types and sees. */
class TerminalShellTest {
  @TempDir private Path folder;
  private Path history;
  private Project project;

  @BeforeEach
  void makeATable() {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/marts/total/mart.sql", "SELECT 1 AS orders, 'x' AS text\n");
    disk.contract("shop/marts/total", "orders integer", "text string");
    project = disk.project("shop");
    TestSpark.session()
        .sql("SELECT explode(sequence(1, 1200)) AS orders, 'seen' AS text")
        .write()
        .format("delta")
        .save(project.warehouse().path(TableName.gold("total")).toString());
    history = HistoryFile.place(Map.of("XDG_STATE_HOME", folder.resolve("state").toString()));
  }

  /** The shell at work; its end is how it ended. */
  private CompletableFuture<ExitCode> shell(TypingPerson person, SparkStart spark) {
    Answers answers = new Answers(person.terminal().writer(), () -> 0, true);
    SqlShell shell = new SqlShell(project, spark, answers, person.err());
    TerminalShell terminal =
        new TerminalShell(person.terminal(), history, project, spark, shell, person.err());
    return CompletableFuture.supplyAsync(terminal::run);
  }

  @Test
  void statementsAreTypedCompletedRecalledStoppedAndWrongOnesDoNotEndIt() throws Exception {
    try (TypingPerson person = new TypingPerson()) {
      CompletableFuture<ExitCode> end = shell(person, new SparkStart(TestSpark::session));
      person.sees("shop> ");
      person.types("SELECT max(orders) AS most,\n");
      person.sees("  -> ");
      person.types("'a;b' FROM gold.to\t;\n");
      person.sees("1200  a;b");
      person.sees("1 row, ");
      person.types("SELECT * FROM gold.totl;\n");
      person.sees(
          "line 1, column 15: there is no table gold.totl here; did you mean 'gold.total'?");
      person.sees("                ^");
      person.types("SELECT ordrs FROM gold.total;\n");
      person.sees("`orders`");
      person.types("SELECT * FROM gold.total;\n");
      person.sees("the first 1,000 rows");
      person.types("INSERT INTO gold.total VALUES (1, 'x');\n");
      person.sees(": only queries");

      person.types("SELECT count(*) FROM range(1000000000000);\n");
      Thread.sleep(1500);
      person.types(TypingPerson.CTRL_C);
      person.sees("stopped");
      person.types("SELECT half of what");
      person.sees("half of what");
      person.types(TypingPerson.CTRL_C);
      person.sees("shop> ");

      person.types("USE gold;\n\\format json\n\\limit 1\n");
      person.types("SELECT orders + 1 AS next FROM total ORDER BY orders;\n");
      person.sees("[\n{\"next\":2}\n]");
      person.sees("the first 1 row");
      person.types(TypingPerson.UP + "\n");
      person.sees("{\"next\":2}");
      person.types("\\fromat csv\n");
      person.sees("did you mean '\\format'?");
      Path file = folder.resolve("answer.csv");
      person.types("\\output " + file + "\n\\format csv\n\\limit 0\nSELECT * FROM total;\n");
      person.sees("1,200 rows");
      person.types(" SELECT 'secret';\n");
      person.sees("1 row");
      person.types("\\output\n\\d total\n");
      person.sees("orders,int,");
      person.types(TypingPerson.CTRL_D);
      assertThat(end.get(1, TimeUnit.MINUTES)).isEqualTo(ExitCode.OK);
      assertThat(Files.readAllLines(file)).hasSize(1203);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(history))
        .contains("SELECT max(orders) AS most,", "\\\\d total")
        .doesNotContain("secret");
  }

  @Test
  void whatWasTypedBeforeIsRecalledAndSparkThatDoesNotStartIsWaitedForOrEndsIt() throws Exception {
    HistoryFile.make(history);
    Files.writeString(history, "SELECT 'of yesterday' AS told;\n");
    Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-r--r--"));
    CountDownLatch fail = new CountDownLatch(1);
    SparkStart failing = new SparkStart(() -> noSession(fail));
    try (TypingPerson person = new TypingPerson()) {
      CompletableFuture<ExitCode> end = shell(person, failing);
      person.sees("shop> ");
      person.types(TypingPerson.UP + "\n");
      person.sees("of yesterday");
      Thread.sleep(300);
      person.types(TypingPerson.CTRL_C);
      person.sees("stopped");
      person.sees("shop> ");
      fail.countDown();
      person.types("SELECT 1;\n");
      person.sees("there is no Spark");
      assertThat(end.get(1, TimeUnit.MINUTES)).isEqualTo(ExitCode.FAILURE);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  private static SparkSession noSession(CountDownLatch fail) {
    try {
      fail.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("there is no Spark");
  }
}
