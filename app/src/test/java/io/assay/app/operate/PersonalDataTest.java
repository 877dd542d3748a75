package io.assay.app.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.run.ProjectsOnDisk;
import io.assay.config.Dataset;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonalDataTest {
  @TempDir private Path folder;
  private ProjectsOnDisk disk;

  @BeforeEach
  void open() {
    disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
  }

  private Dataset dataset(String format, String... columns) {
    disk.write(
        "shop/datasets/people/pipeline.yaml",
        """
        source: {files: {path: landing/*, format: %s}}
        columns: {full_name: "concat_ws(' ', First, last)"}
        """
            .formatted(format));
    disk.contract("shop/datasets/people", columns);
    return disk.project("shop").datasets().get("people");
  }

  @Test
  void everyColumnThatAPersonalOneIsMadeFromIsMasked() {
    PersonalData personal =
        new PersonalData(
            dataset("csv", "id integer", "full_name string personal", "email string personal"));

    assertThat(
            personal.raw(
                "{\"id\":\"1\",\"first\":\"Ann\",\"LAST\":\"Lee\",\"Email\":null,\"city\":\"Hull\"}"))
        .isEqualTo(
            "{\"id\":\"1\",\"first\":\"•••\",\"LAST\":\"•••\",\"Email\":null,\"city\":\"Hull\"}");
    assertThat(personal.message("full_name", "'Ann' is too short")).isEqualTo("•••");
    assertThat(personal.message("id", "'x' is no bigint")).isEqualTo("'x' is no bigint");
    assertThat(personal.message(null, "the row is 'Ann'")).isEqualTo("•••");
  }

  @Test
  void aRecordThatIsNotSplitIsMaskedWhole() {
    PersonalData personal =
        new PersonalData(
            dataset("json", "id integer", "full_name string", "email string personal"));

    assertThat(personal.raw("{\"_value\":\"{email: a@b}\",\"_problem\":null}"))
        .isEqualTo("{\"_value\":\"•••\",\"_problem\":null}");
    assertThat(personal.raw("no JSON: a@b")).isEqualTo("•••");
    assertThat(personal.raw("[\"a@b\"]")).isEqualTo("•••");
    assertThat(personal.raw(null)).isNull();
  }

  @Test
  void whereNothingIsPersonalRowsAreShownAsTheyCame() {
    PersonalData personal = new PersonalData(dataset("csv", "id integer", "full_name string"));

    assertThat(personal.raw("{\"First\":\"Ann\"}")).isEqualTo("{\"First\":\"Ann\"}");
    assertThat(personal.message("full_name", "'Ann'")).isEqualTo("'Ann'");
    assertThat(personal.message(null, "'Ann'")).isEqualTo("'Ann'");
  }
}
