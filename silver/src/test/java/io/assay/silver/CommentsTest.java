package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommentsTest {
  @TempDir Path folder;

  @Test
  void commentsFollowTheContractWithoutABatchAndAreCommittedOnlyWhenTheyChange() {
    CleanFixture fixture = new CleanFixture(folder);
    for (Keep keep : List.of(Keep.SCD2, Keep.NONE)) {
      String dataset = keep == Keep.NONE ? "rows" : "people";
      TableName stored = keep == Keep.NONE ? TableName.silver(dataset) : TableName.history(dataset);
      fixture.land(TableName.bronze(dataset), "a", "select '1' id, 'Ann' name, '1' seq");
      fixture.run(people(dataset, keep).build());
      assertThat(comments(fixture, stored)).startsWith("The id.", "The name.", "The seq.");
      long version = fixture.state(stored).version();

      BatchResult told = fixture.run(people(dataset, keep).description("Somebody.").build());

      assertThat(told.outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(told.notes()).anyMatch(note -> note.contains("the comments of " + stored));
      assertThat(comments(fixture, stored)).startsWith("Somebody.", "Somebody.", "Somebody.");
      assertThat(fixture.description(stored)).isEqualTo("Somebody.");
      assertThat(fixture.state(stored).version()).isEqualTo(version + 1);
      assertThat(fixture.read(stored).count()).isEqualTo(1);
      BatchResult again = fixture.run(people(dataset, keep).description("Somebody.").build());
      assertThat(again.notes()).isEmpty();
      assertThat(fixture.state(stored).version()).isEqualTo(version + 1);
      assertThat(fixture.discrepancies(TableName.silver(dataset))).isEmpty();
    }
  }

  private static Configurations people(String dataset, Keep keep) {
    return Configurations.of(dataset)
        .column("id int key")
        .column("name string")
        .column("seq int")
        .history(keep == Keep.NONE ? History.NONE : Histories.of(keep, "seq").build());
  }

  private static List<String> comments(CleanFixture fixture, TableName table) {
    return Arrays.stream(fixture.read(table).schema().fields())
        .map(field -> field.getComment().getOrElse(() -> ""))
        .toList();
  }
}
