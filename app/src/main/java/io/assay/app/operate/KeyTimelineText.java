package io.assay.app.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.assay.app.operate.KeyTimeline.Change;
import io.assay.app.operate.KeyTimeline.Event;
import io.assay.app.operate.KeyTimeline.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A key's timeline for people and for programs. */
public final class KeyTimelineText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyTimelineText() {}

  /** The versions as one table, and the events as another. */
  public static void write(KeyTimeline timeline, Appendable out) throws IOException {
    out.append(timeline.table()).append(", ").append(values(timeline.key())).append("\n\n");
    List<String[]> versions = new ArrayList<>();
    Version before = null;
    for (Version version : timeline.versions()) {
      if (version.afterGap()) {
        versions.add(
            new String[] {text(before.to()), text(version.from()), "gap", "the key did not exist"});
      }
      versions.add(
          new String[] {
            text(version.from()),
            text(version.to()),
            version.current() ? "current" : "closed",
            told(version)
          });
      before = version;
    }
    if (before == null || !before.current()) {
      String since = before == null ? "" : text(before.to());
      versions.add(new String[] {since, "", "gone", "the key does not exist"});
    }
    TextTable.write(
        List.of("valid from", "valid to", "state", "values, or what changed"),
        versions,
        new boolean[4],
        out);
    out.append("\n");
    List<String[]> events = new ArrayList<>();
    for (Event event : timeline.events()) {
      events.add(line(event));
    }
    TextTable.write(
        List.of("sequence", "operation", "did", "came", "from", "batch", "landed"),
        events,
        new boolean[] {false, false, false, false, false, true, false},
        out);
  }

  private static String told(Version version) throws IOException {
    if (version.changes().isEmpty()) {
      return values(version.values());
    }
    List<String> changes = new ArrayList<>();
    for (Change change : version.changes()) {
      changes.add(
          "%s: %s → %s".formatted(change.column(), flat(change.before()), flat(change.after())));
    }
    return String.join(", ", changes);
  }

  private static String[] line(Event event) throws IOException {
    return new String[] {
      values(event.sequence()),
      event.operation(),
      event.did().label(),
      event.late() ? "late" : "in order",
      event.source(),
      Long.toString(event.batch()),
      flat(event.ingestedAt())
    };
  }

  private static String values(Map<String, Object> values) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      texts.add(value.getKey() + "=" + flat(value.getValue()));
    }
    return String.join(", ", texts);
  }

  private static String text(Optional<Object> value) throws IOException {
    return value.isEmpty() ? "" : flat(value.get());
  }

  private static String flat(Object value) throws IOException {
    String text = FlatText.of(value);
    return text == null ? "null" : text;
  }

  /** The stable JSON shape; see the reference of commands. */
  public static String json(KeyTimeline timeline) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("table", timeline.table());
    node.set("key", object(timeline.key()));
    ArrayNode versions = node.putArray("versions");
    for (Version version : timeline.versions()) {
      versions.add(json(version));
    }
    ArrayNode events = node.putArray("events");
    for (Event event : timeline.events()) {
      events.add(json(event));
    }
    return node.toPrettyString();
  }

  private static ObjectNode json(Version version) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.putRawValue("valid_from", raw(version.from().orElse(null)));
    node.putRawValue("valid_to", raw(version.to().orElse(null)));
    node.put("is_current", version.current());
    node.put("after_gap", version.afterGap());
    node.put("version_id", version.versionId().orElse(null));
    node.set("values", object(version.values()));
    ArrayNode changes = node.putArray("changes");
    for (Change change : version.changes()) {
      ObjectNode one = changes.addObject().put("column", change.column());
      one.putRawValue("before", raw(change.before()));
      one.putRawValue("after", raw(change.after()));
    }
    return node;
  }

  private static ObjectNode json(Event event) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.set("sequence", object(event.sequence()));
    node.putRawValue("valid_time", raw(event.validTime()));
    return node.put("operation", event.operation())
        .put("did", event.did().label())
        .put("late", event.late())
        .put("source", event.source())
        .put("batch", event.batch())
        .put("ingested_at", event.ingestedAt().toString());
  }

  private static ObjectNode object(Map<String, Object> values) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      node.putRawValue(value.getKey(), raw(value.getValue()));
    }
    return node;
  }

  private static RawValue raw(Object value) throws IOException {
    return new RawValue(JsonRows.text(value));
  }
}
