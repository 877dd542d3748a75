package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptySourceTest {
  @TempDir private Path folder;

  @Test
  void aDatasetWithoutARowHasEmptyTablesSoThatMartsOverItWork() {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/landing/.keep", "");
    disk.write(
        "shop/datasets/events/pipeline.yaml",
        """
        source: {files: {path: landing/events*, format: json}}
        columns: {place: delivery.place}
        where: kind <> 'test'
        """);
    disk.contract("shop/datasets/events", "id integer", "place string");
    disk.write(
        "shop/datasets/people/pipeline.yaml",
        """
        source: {files: {path: landing/people*, format: csv}}
        history: {keep: scd2, sequence: [at], delete_when: op = 'D'}
        """);
    disk.contract("shop/datasets/people", "id integer key", "at timestamp", "city string");
    disk.write(
        "shop/marts/places/mart.sql",
        "SELECT p.city, count(e.id) AS events FROM silver.people p"
            + " LEFT JOIN silver.events e ON e.place = p.city GROUP BY p.city");
    disk.contract("shop/marts/places", "city string key", "events integer");
    Project shop = disk.project("shop");

    assertThat(disk.run(shop))
        .extracting(
            r -> r.result().table() + " " + r.result().outcome().label() + r.result().notes())
        .containsExactly(
            "bronze.events unchanged[]",
            "bronze.people unchanged[]",
            "silver.events succeeded[]",
            "silver.people succeeded[]",
            "gold.places succeeded[]");
    assertThat(ProjectsOnDisk.rows(shop, "SELECT * FROM gold.places")).isEmpty();
    assertThat(comment("silver/events")).isEqualTo("All events.");
    assertThat(comment("silver/people_history")).isEqualTo("All people.");
    assertThat(comment("gold/places")).isEqualTo("All places.");
    assertThat(ProjectsOnDisk.rows(shop, "DESCRIBE silver.people"))
        .startsWith("[at,timestamp,The at.]", "[city,string,The city.]", "[id,bigint,The id.]");
    assertThat(disk.run(shop)).allMatch(r -> r.result().outcome() == Outcome.UNCHANGED);

    disk.write("shop/landing/people.csv", "id,at,city,op\n1,2026-01-01,Hull,I\n");
    disk.write(
        "shop/landing/events.json",
        "{\"id\": 7, \"kind\": \"sale\", \"delivery\": {\"place\": \"Hull\"}}\n");
    assertThat(ProjectsOnDisk.pending(shop)).contains("bronze.people 1 new file, 34 B");
    disk.run(shop, "bronze.*", "silver.*");
    assertThat(ProjectsOnDisk.pending(shop)).contains("gold.places 2 new versions, 2 rows");
    assertThat(disk.run(shop, "gold.places").get(0).result().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    assertThat(ProjectsOnDisk.rows(shop, "SELECT * FROM gold.places")).containsExactly("[Hull,1]");
    assertThat(disk.run(shop)).allMatch(r -> r.result().outcome() == Outcome.UNCHANGED);
  }

  private String comment(String table) {
    return DeltaTable.forPath(
            TestSpark.session(), folder.resolve("shop/warehouse").resolve(table).toUri().toString())
        .detail()
        .select("description")
        .first()
        .getString(0);
  }
}
