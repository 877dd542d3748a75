package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.error.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectProblemsTest {
  private static final String SETTINGS = "assay.yaml";
  private static final String ORDERS = "datasets/sales/orders/pipeline.yaml";
  private static final String CONTRACT = "datasets/sales/orders/contract.odcs.yaml";
  private static final String QUERY = "marts/order_counts/mart.sql";

  @TempDir Path folder;

  @Test
  void twelveMistakesGiveTwelveMessagesWithTheirPlacesInOneGo() {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write(
        SETTINGS,
        """
        project: shop
        warehous: tables
        business_zone: Europe/Londn
        batch:
          rows: many
        connections:
          landing:
            store:
              root: ${env:LANDING}
        """);
    project.write(
        ORDERS,
        """
        souce:
          files:
            connection: landing
            path: "*/orders.csv"
            format: csv
        columns:
          state: lower(status)
          status: lower(status
        history:
          keep: scd3
        """);
    project.replace(CONTRACT, "logicalType: integer", "logicalType: intger");
    project.replace(CONTRACT, "status: active", "status: active\nstatus: draft");
    project.write("datasets/order_log/pipeline.yaml", "source: {table: bronze.ordrs}\n");
    project.write(QUERY, "SELECT status\nFROM silver.order\n");

    ConfigurationException thrown =
        Assertions.catchThrowableOfType(ConfigurationException.class, project::load);

    assertThat(thrown.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(thrown.problems())
        .extracting(Object::toString)
        .containsExactly(
            "assay.yaml:2:1: warehous: unknown key 'warehous'; did you mean 'warehouse'?",
            "assay.yaml:3:16: business_zone: expected a time zone such as Europe/London, found"
                + " 'Europe/Londn'",
            "assay.yaml:5:9: batch.rows: expected a whole number, found 'many'",
            "assay.yaml:9:13: connections.landing.store.root: the environment variable LANDING is"
                + " not set: set it, or give a default as in ${env:LANDING:-value}",
            "datasets/order_log/pipeline.yaml:1:10: source.table: 'bronze.ordrs' is no bronze"
                + " table that this project fills or imports; did you mean 'bronze.orders'?",
            "datasets/sales/orders/contract.odcs.yaml:6:1: status: the key is there twice; first"
                + " in line 5",
            "datasets/sales/orders/contract.odcs.yaml:11:22: schema[0].properties[0].logicalType:"
                + " unknown value 'intger'; did you mean 'integer'?",
            "datasets/sales/orders/pipeline.yaml:1:1: souce: unknown key 'souce'; did you mean"
                + " 'source'?",
            "datasets/sales/orders/pipeline.yaml:7:3: columns.state: the contract has no column"
                + " 'state'; known: id, status, updated_at",
            "datasets/sales/orders/pipeline.yaml:8:3: columns.status: Syntax error at or near end"
                + " of input: missing ')'.",
            "datasets/sales/orders/pipeline.yaml:10:9: history.keep: unknown value 'scd3'; did you"
                + " mean 'scd1'?",
            "marts/order_counts/mart.sql:2:6: there is no table silver.order; did you mean"
                + " 'silver.orders'?");
  }

  @Test
  void aSoundProjectHasNoProblems() {
    assertThat(ProjectFolder.sound(folder).problems()).isEmpty();
  }

  /** Each row: a text in the orders' pipeline, what it is replaced by, the one problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          connection: landing | connection: lnding | :3:5: source.files.connection: assay.yaml has no connection 'lnding'; did you mean 'landing'?
          "*/orders.csv" | ../orders.csv | :4:5: source.files.path: must be a path below its root, without '..'
          format: csv | format: csvv | :5:13: source.files.format: unknown value 'csvv'; did you mean 'csv'?
          format: csv | {} | :6:1: not valid YAML: could not find expected ':'
          lower(status) | max(status) | :7:3: columns.status: max() is computed over many rows, and would depend on how they are cut into batches; that is a mart's work
          lower(status) | row_number() OVER (ORDER BY id) | :7:3: columns.status: a window function would depend on how the rows are cut into batches; that is a mart's work
          status <> 'TEST' | status <> now() | :8:1: where: now() depends on the time of the run, so the result could not be computed again; compare with a time in the data
          keep: scd2 | keep: none | :11:3: history.sequence: has no meaning for keep: none
          sequence: [updated_at] | valid_time: updated_at | :10:3: history.keep: scd2 needs a sequence: the contract columns that order the events of a key
          [updated_at] | [updatedat] | :11:14: history.sequence[0]: the contract has no column 'updatedat'; did you mean 'updated_at'?
          where: status <> 'TEST' | schedule: 61 * * * * | :8:11: schedule: expected hourly, daily, weekly, monthly, or five fields of cron such as 15 6 * * mon-fri, found '61 * * * *'
          where: status <> 'TEST' | continuous: {every: 0.5s} | :8:21: continuous.every: expected a duration in days or less, such as 10s, 15m, 12h, 90d or PT1H30M, found '0.5s'
          where: status <> 'TEST' | continuous: {every: PT0.5S} | :8:13: continuous: every must be at least 1s
          [updated_at] | updated_at | :11:13: history.sequence: expected a list, found 'updated_at'
          [updated_at] | [status] | :11:3: history.sequence: the first column is string, which is neither a time nor a number: name the column of the versions' validity in valid_time
          keep: scd2 | keep: | :10:8: history.keep: has no value: expected one of none, scd1, scd2
          """)
  void eachMistakeOfAPipelineIsSaidOnceWhereItIs(String old, String text, String problem) {
    ProjectFolder project = ProjectFolder.sound(folder).replace(ORDERS, old, text);

    assertThat(project.problems()).containsExactly(ORDERS + problem);
  }

  @Test
  void eitherAStreamOrASchedulerStartsAJob() {
    String mart = "marts/order_counts/pipeline.yaml";
    ProjectFolder project =
        ProjectFolder.sound(folder)
            .replace(ORDERS, "where: status <> 'TEST'", "schedule: daily\ncontinuous: {every: 10s}")
            .write(mart, "continuous: {every: 1m}\nschedule: daily\n");

    String problem =
        "continuous: excludes schedule: either assay stream starts the jobs, or a scheduler";
    assertThat(project.problems())
        .containsExactly(ORDERS + ":9:1: " + problem, mart + ":1:1: " + problem);
  }

  @Test
  void aHistoryCannotKeepWhatItCannotTell() {
    ProjectFolder project =
        ProjectFolder.sound(folder)
            .replace(
                ORDERS,
                "sequence: [updated_at]",
                "sequence: [id]\n  ignore_null_updates: [status, id]\n  accept_late: P90D");

    assertThat(project.problems())
        .containsExactly(
            ORDERS
                + ":12:33: history.ignore_null_updates[1]: 'id' is part of the key or order, which"
                + " is never null",
            ORDERS
                + ":13:3: history.accept_late: needs a time, and the first column of the sequence"
                + " is bigint: name a timestamp or a date in valid_time");
    ProjectFolder.sound(folder)
        .replace(ORDERS, "sequence: [updated_at]", "sequence: [updated_at]\n  accept_late: P3M");
    assertThat(project.problems())
        .containsExactly(
            ORDERS
                + ":12:16: history.accept_late: expected a duration in days or less, such as 10s,"
                + " 15m, 12h, 90d or PT1H30M, found 'P3M'");
  }

  /** Each row: a text in the settings, what it is replaced by, the one problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          project: shop | project: My Shop | :1:1: project: a project's name is lower-case letters, digits and underscores, not 'My Shop'
          project: shop | batch: {} | :1:1: the key 'project' is missing: expected text
          warehouse: tables | gate: {quarantined: 110%} | :2:21: gate.quarantined: expected a percentage such as 10%, found '110%'
          warehouse: tables | warehouse: [a] | :2:12: warehouse: expected text, found a list
          warehouse: tables | warehouse: ${env:HOME_OF_TABLES} | :2:12: warehouse: the environment variable HOME_OF_TABLES is not set: set it, or give a default as in ${env:HOME_OF_TABLES:-value}
          warehouse: tables | warehouse: "a:b" | :2:1: warehouse: expected a path or a URI
          warehouse: tables | imports: {other: {warehouse: "a:b", tables: {gold.x: gold.y}}} | :2:19: imports.other.warehouse: expected a path or a URI
          store: | stor: | :5:5: connections.landing.stor: unknown key 'stor'; did you mean 'store'?
          warehouse: tables | imports: {other: {warehouse: ., tables: {silver.x: gold.y}}} | :2:42: imports.other.tables.silver.x: a table keeps its layer, bronze, silver or gold: gold.y cannot be silver.x here
          warehouse: tables | imports: {other: {warehouse: /w, tables: {x: gold.y}}} | :2:43: imports.other.tables.x: expected the name that a table gets here, such as silver.orders, found 'x'
          warehouse: tables | imports: {other: {warehouse: warehouse, tables: {gold.x: gold.y}}} | :2:19: imports.other.warehouse: is this project's own warehouse: import another's
          warehouse: tables | imports: {other: {warehouse: /w, tables: {silver.orders: silver.x}}} | :2:43: imports.other.tables.silver.orders: this project fills silver.orders itself: give the imported one another name
          warehouse: tables | imports: {other: {warehouse: /w, tables: {silver.a: silver.x}}, third: {warehouse: /v, tables: {silver.a_history: silver.y_history}}} | :2:97: imports.third.tables.silver.a_history: there is another import silver.a_history: give one another name
          warehouse: tables | imports: {other: {warehouse: /w, tables: {bronze.a: bronze.x}, documents: [bronze.x]}} | :2:76: imports.other.documents[0]: 'bronze.x' is no bronze table of this import; did you mean 'bronze.a'?
          root: /data/landing | root: ${nv:X} | :6:13: connections.landing.store.root: unknown reference '${nv:…}'; did you mean 'env'?
          root: /data/landing | root: ${file:/nowhere/x} | :6:13: connections.landing.store.root: the file /nowhere/x cannot be read
          root: /data/landing | root: ${credential:x} | :6:13: connections.landing.store.root: there is no credential provider: name one in spark: spark.hadoop.hadoop.security.credential.provider.path
          """)
  void eachMistakeOfTheSettingsIsSaidOnceWhereItIs(String old, String text, String problem) {
    ProjectFolder project = ProjectFolder.sound(folder).replace(SETTINGS, old, text);

    assertThat(project.problems()).containsExactly(SETTINGS + problem);
  }

  /** Each row: a file to write, its text, the one problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          datasets/order_log/pipelin.yaml | {} | datasets/order_log/pipelin.yaml: no file of this name belongs here; did you mean 'pipeline.yaml'?
          datasets/order_log/pipeline.yaml | {source: {table: bronze.orders}, drift: evolve} | datasets/order_log/pipeline.yaml:1:34: drift: evolve is for a landing of its own: another's columns are taken by name
          datasets/order_log/pipeline.yaml | {source: {table: bronze.orders}, drift: fail} | datasets/order_log/pipeline.yaml:1:34: drift: fail is for a landing of its own: say it where the table is landed
          datasets/order_log/pipeline.yaml | {drift: evolve, source: {files: {path: x/*, format: text}}} | datasets/order_log/pipeline.yaml:1:2: drift: evolve needs records with fields; of text and bytes nothing is known
          datasets/other/orders/pipeline.yaml | {} | datasets/sales/orders/contract.odcs.yaml: the name 'orders' is taken by datasets/other/orders; names are unique
          functions/net.sql | gross(a) = a | functions/net.sql:1:1: the function is named 'gross', and its file 'net': both must be the same lower-case name
          functions/net.sql | net(a) = a + b | functions/net.sql:1:10: net: b is no parameter; a function sees nothing but its parameters
          marts/order_counts/mart.sql | SELECT 1 AS id FROM bronze.orders | marts/order_counts/mart.sql:1:21: a mart reads silver and gold, not bronze.orders
          marts/order_counts/mart.sql | SELECT 1 AS id FROM silver.order_log_history | marts/order_counts/mart.sql:1:21: there is no table silver.order_log_history; did you mean 'silver.orders_history'?
          marts/order_counts/mart.sql | SELECT 1 AS id FROM silver.shop_order | marts/order_counts/mart.sql:1:21: there is no table silver.shop_order; did you mean 'silver.shop_orders'?
          marts/order_counts/mart.sql | SELECT id FROM gold.order_counts | marts/order_counts/mart.sql:1:1: marts read each other in a circle: order_counts reads order_counts
          marts/order_counts/pipeline.yaml | cluster_by: [stats] | marts/order_counts/pipeline.yaml:1:14: cluster_by[0]: the contract has no column 'stats'; did you mean 'status'?
          """)
  void eachMistakeOfAFolderIsSaidOnceWhereItIs(String file, String text, String problem) {
    ProjectFolder project = ProjectFolder.sound(folder).write(file, text);
    project.replace(
        SETTINGS,
        "warehouse: tables",
        "imports: {o: {warehouse: /w, tables: {silver.shop_orders: silver.orders}}}");

    assertThat(project.problems()).contains(problem);
  }

  @Test
  void aDatasetCannotTakeTheNameOfAnothersHistory() {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write("datasets/orders_history/pipeline.yaml", "source: {table: bronze.orders}\n");
    project.write(
        "datasets/orders_history/contract.odcs.yaml", ProjectFolder.contract("orders_history"));

    assertThat(project.problems())
        .containsExactly(
            "datasets/orders_history/pipeline.yaml:1:1: a dataset cannot be named"
                + " 'orders_history': silver.orders_history is the history of dataset 'orders'");
  }

  @Test
  void anUnknownEnvironmentIsAProblemThatNamesTheOthers() {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write("env/prod.yaml", "{}").write("env/test.yaml", "{}");

    assertThat(project.problems("prd", List.of(), Map.of()))
        .containsExactly(
            "--env prd: there is no env/prd.yaml; did you mean 'prod'? There are: prod, test");
  }

  @Test
  void aSettingThatWouldChangeWhatValuesMeanIsAMistake() {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write(
        "env/prod.yaml",
        """
        spark:
          spark.sql.shuffle.partitions: "8"
          spark.sql.session.timeZone: Europe/Oslo
        """);

    assertThat(project.problems("prod", List.of(), Map.of()))
        .containsExactly(
            "env/prod.yaml:3:3: spark.spark.sql.session.timeZone: cannot be set: what stored values"
                + " mean depends on it, so it is the same in every project; remove it");
  }

  @Test
  void aMistakeInAnOptionIsSaidOfTheOption() {
    ProjectFolder project = ProjectFolder.sound(folder);

    assertThat(project.problems("", List.of("gate.quarantned=5%", "nothing"), Map.of()))
        .containsExactly(
            "--set: expected KEY=VALUE, found 'nothing'",
            "--set gate.quarantned: gate.quarantned: unknown key 'quarantned'; did you mean"
                + " 'quarantined'?");
  }
}
