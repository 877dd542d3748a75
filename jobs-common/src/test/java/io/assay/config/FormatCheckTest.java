package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCheckTest {
  private static final String ORDERS = "datasets/sales/orders/pipeline.yaml";

  @TempDir Path folder;

  private ProjectFolder orders(String pipeline) {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write(ORDERS, pipeline);
    return project;
  }

  private List<String> problems(String pipeline) {
    return orders(pipeline).problems();
  }

  private History history(String pipeline) {
    return orders(pipeline).load().datasets().get("orders").pipeline().history();
  }

  @Test
  void aConnectorGivesOrderAndTimeOfEventsUnlessSomethingElseIsSaid() {
    History given =
        history(
            """
            source: {files: {path: a, format: json}}
            format: debezium
            debezium: {connector: mysql}
            history: {keep: scd2}
            """);
    assertThat(given.sequence()).isEqualTo(List.of("source.file", "source.pos", "source.row"));
    assertThat(given.validTime()).isEqualTo(Optional.of("source.ts_ms"));

    History said =
        history(
            """
            source: {files: {path: a, format: text}}
            format: debezium
            history: {keep: scd2, sequence: [updated_at, source.lsn]}
            """);
    assertThat(said.sequence()).isEqualTo(List.of("updated_at", "source.lsn"));
    assertThat(said.validTime()).isEmpty();
  }

  @Test
  void whatHasNoArrayOfRowsCannotBeExploded() {
    assertThat(problems("source: {files: {path: a, format: json}}\nexplode: $")).isEmpty();
    assertThat(problems("source: {files: {path: a, format: text}}\nexplode: a."))
        .containsExactlyInAnyOrder(
            ORDERS
                + ":2:1: explode: must be a name, or names with dots between them, such as"
                + " data.items",
            ORDERS
                + ":2:1: explode: needs records with fields; of text and bytes nothing is known:"
                + " land them as json");
    assertThat(
            problems(
                """
                source: {files: {path: a, format: parquet}}
                explode: $
                repeats: {within: file, flag: id}
                """))
        .contains(
            ORDERS
                + ":2:1: explode: $ stands for a document that is an array, and these records"
                + " have columns: name the one that holds the array",
            ORDERS + ":2:1: explode: repeats are marked of whole records; remove one of the two");
  }

  @Test
  void everyMistakeIsSaid() {
    assertThat(
            problems(
                """
                source: {files: {path: a, format: csv}}
                format: debezium
                history: {keep: scd2, sequence: [source.lns], valid_time: source.pos, delete_when: id = 1}
                """))
        .containsExactlyInAnyOrder(
            ORDERS
                + ":2:1: format: debezium needs messages in JSON: a source of files with format"
                + " json, json_array or text, or of kafka with format json or text",
            ORDERS
                + ":3:34: history.sequence[0]: neither the contract nor the format knows"
                + " 'source.lns'; did you mean 'source.lsn'?",
            ORDERS
                + ":3:47: history.valid_time: must be a time; of a message's fields these are:"
                + " source.ts_ms, source.ts_ns, source.ts_us, ts_ms, ts_ns, ts_us",
            ORDERS
                + ":3:71: history.delete_when: has no meaning for format: debezium, which tells by"
                + " itself what is deleted");
  }

  @Test
  void messagesNeedAHistoryAndItsOrder() {
    assertThat(problems("source: {files: {path: a, format: json}}\nformat: debezium\n"))
        .containsExactly(
            ORDERS
                + ":2:1: format: debezium needs history.keep: scd1 or scd2, since it changes and"
                + " deletes rows");
    assertThat(
            problems(
                """
                source: {files: {path: a, format: json}}
                format: debezium
                history: {keep: scd1}
                """))
        .contains(
            ORDERS
                + ":2:1: format: debezium needs debezium.connector, whose log positions order the"
                + " events, or history.sequence");
    assertThat(problems("source: {files: {path: a, format: json}}\ndebezium: {connector: mysql}\n"))
        .containsExactly(ORDERS + ":2:1: debezium: belongs to format: debezium");
  }

  @Test
  void snapshotsAreOrderedByWhenTheyWereTaken() {
    History taken =
        history(
            """
            source: {files: {path: a, format: csv}}
            format: snapshot
            snapshot: {taken_at: _source.origin, files: 2}
            history: {keep: scd2}
            """);
    assertThat(taken.sequence()).isEqualTo(List.of(Snapshot.TAKEN_AT));

    assertThat(
            problems(
                """
                source: {files: {path: a, format: csv}}
                format: snapshot
                snapshot: {taken_at: max(id), files: 0}
                history: {keep: scd2, sequence: [snapshot.taken], valid_time: updated_at, accept_late: P1D}
                debezium: {connector: mysql}
                """))
        .containsExactlyInAnyOrder(
            ORDERS
                + ":3:12: snapshot.taken_at: max() is computed over many rows, and would depend on"
                + " how they are cut into batches; that is a mart's work",
            ORDERS + ":3:31: snapshot.files: must be at least 1",
            ORDERS
                + ":4:34: history.sequence[0]: neither the contract nor the format knows"
                + " 'snapshot.taken'; did you mean 'snapshot.taken_at'?",
            ORDERS
                + ":4:51: history.valid_time: has no meaning for format: snapshot: its rows are"
                + " valid from the first column of the sequence on",
            ORDERS
                + ":4:75: history.accept_late: has no meaning for format: snapshot, which is taken"
                + " whole or not at all: one that is older than another is held under the rule"
                + " snapshot_order; remove accept_late",
            ORDERS + ":5:1: debezium: belongs to format: debezium");
  }
}
