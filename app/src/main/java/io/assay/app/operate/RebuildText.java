package io.assay.app.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.silver.RebuildPreview;
import io.assay.silver.comparison.Difference;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rebuild would change, for people and for programs. */
public final class RebuildText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RebuildText() {}

  /** A line each for keys, rows, columns, quarantine and notes. */
  public static String of(RebuildPreview preview) {
    Difference difference = preview.difference();
    StringBuilder text = new StringBuilder();
    text.append(
        format("%s, rebuilt from what %,d batches had read", preview.table(), preview.batches()));
    if (preview.keyed()) {
      text.append(line("keys", changes(difference.keys())));
    }
    text.append(
        line(
            preview.versioned() ? "versions" : "rows",
            changes(difference.rows())
                + format("; %,d before, %,d after", difference.before(), difference.after())));
    if (!difference.columns().isEmpty()) {
      text.append(
          line(
              "columns",
              difference.columns().entrySet().stream()
                  .map(column -> format("%s %,d", column.getKey(), column.getValue()))
                  .collect(Collectors.joining(", "))));
    }
    text.append(
        line(
            "quarantine",
            format(
                "%,d rows before, %,d after",
                preview.before().quarantined(), preview.after().quarantined())));
    preview.notes().forEach(note -> text.append(line("note", note)));
    return text.toString();
  }

  /** The stable JSON shape; see the reference of commands. */
  public static ObjectNode json(RebuildPreview preview) {
    Difference difference = preview.difference();
    ObjectNode node =
        JSON.createObjectNode()
            .put("table", preview.table().toString())
            .put("batches", preview.batches())
            .put("changes", preview.changes());
    if (preview.keyed()) {
      node.set("keys", json(difference.keys()));
    } else {
      node.putNull("keys");
    }
    node.set(
        "rows",
        json(difference.rows())
            .put("before", difference.before())
            .put("after", difference.after()));
    ObjectNode columns = node.putObject("columns");
    difference.columns().forEach(columns::put);
    node.putObject("quarantined")
        .put("before", preview.before().quarantined())
        .put("after", preview.after().quarantined());
    preview.notes().forEach(node.putArray("rebuild_notes")::add);
    return node;
  }

  private static ObjectNode json(Difference.Changes changes) {
    return JSON.createObjectNode()
        .put("added", changes.added())
        .put("removed", changes.removed())
        .put("changed", changes.changed());
  }

  private static String changes(Difference.Changes changes) {
    return format(
        "%,d added, %,d removed, %,d changed",
        changes.added(), changes.removed(), changes.changed());
  }

  private static String line(String name, String text) {
    return format("\n  %-11s%s", name, text);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
