package io.assay.config;

import java.util.ArrayList;
import java.util.List;

/** What a source in a database must be beyond its shape. A null was reported before. */
final class JdbcCheck {
  private final DatasetCheck dataset;

  JdbcCheck(DatasetCheck dataset) {
    this.dataset = dataset;
  }

  void check(Source.Jdbc jdbc) {
    List<String> ways = new ArrayList<>();
    DatasetCheck.present(jdbc.table()).ifPresent(table -> ways.add("table"));
    DatasetCheck.present(jdbc.query()).ifPresent(query -> ways.add("query"));
    if (ways.size() != 1) {
      problem(
          "expected exactly one of the keys table, query, found "
              + (ways.isEmpty() ? "none" : String.join(", ", ways)));
    }
    DatasetCheck.present(jdbc.table())
        .filter(table -> !table.matches("[^.]+([.][^.]+){0,2}"))
        .ifPresent(table -> problem("must be a table's name such as public.orders", "table"));
    DatasetCheck.present(jdbc.query())
        .filter(String::isBlank)
        .ifPresent(query -> problem("must be a query", "query"));
    reading(jdbc);
    if (jdbc.fetchSize() < 1) {
      problem("must be at least 1", "fetch_size");
    }
  }

  private void reading(Source.Jdbc jdbc) {
    boolean incremental = DatasetCheck.present(jdbc.watermark()).isPresent();
    if (incremental && jdbc.key() != null && jdbc.key().isEmpty()) {
      problem(
          "is needed with a watermark: it tells the rows of the overlap that have landed before",
          "key");
    }
    if (incremental && DatasetCheck.present(jdbc.every()).isPresent()) {
      problem("is for snapshots: with a watermark every run takes what is new", "every");
    }
  }

  private void problem(String message, String... path) {
    List<Object> whole = new ArrayList<>(List.of("source", "jdbc"));
    whole.addAll(List.of(path));
    dataset.problem(message, whole.toArray());
  }
}
