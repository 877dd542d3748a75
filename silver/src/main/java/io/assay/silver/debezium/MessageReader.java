package io.assay.silver.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.config.Debezium;
import io.assay.config.Debezium.Connector;
import io.assay.table.EventColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/** Reads messages of Debezium: what each tells of which row. */
public final class MessageReader implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String OPERATION = "op";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final String NO_OBJECT = "the record is no JSON object";
  private static final Set<String> TIMES = Set.of("ts_ms", "ts_us", "ts_ns");
  private static final Set<String> BOUNDARIES = Set.of("BEGIN", "END");

  private final String connector;
  private final Placeholder placeholder;
  private final HashMap<String, DataType> targets;
  private final ArrayList<String> key;
  private final ValueText texts;
  private final JsonMessage.Memory schemas = new JsonMessage.Memory();
  private final JsonMessage.Memory keySchemas = new JsonMessage.Memory();

  /**
   * @param targets the types of the contract's columns that are copied as they are, by the names of
   *     their fields
   * @param key the fields of the key; empty if it is computed
   */
  public MessageReader(Debezium settings, Map<String, DataType> targets, List<String> key) {
    this.connector = settings.connector().map(Connector::label).orElse(null);
    this.placeholder = new Placeholder(settings.unavailable());
    this.targets = new HashMap<>(targets);
    this.key = new ArrayList<>(key);
    this.texts = new ValueText(settings.decimals().orElse(null));
  }

  /**
   * What a message tells; at least one change, though it may be none of a row.
   *
   * @param value the message; null for a tombstone
   * @param messageKey the message's key; null if it has none
   */
  public List<Change> read(String value, String messageKey) {
    if (value == null) {
      return List.of(Change.ofNothing());
    }
    JsonMessage message = JsonMessage.parse(value, schemas);
    if (message.payload().isNull()) {
      return List.of(Change.ofNothing());
    }
    if (!message.payload().isObject()) {
      return problem(NO_OBJECT);
    }
    if (!message.payload().has(OPERATION)) {
      return List.of(withoutOperation(message.payload()));
    }
    Map<String, String> envelope = envelope(message.payload());
    String writer = envelope.getOrDefault("source.connector", "");
    if (connector != null && !connector.equals(writer)) {
      return problem(
          "the message is of connector '%s', and debezium.connector is %s"
              .formatted(writer, connector));
    }
    try {
      return changes(message, messageKey, envelope);
    } catch (UnreadableValueException e) {
      return problem(e.getMessage());
    }
  }

  /** Heartbeats, the ends of transactions and changes of tables are no events of a row. */
  private static Change withoutOperation(JsonNode payload) {
    List<String> names = new ArrayList<>();
    payload.fieldNames().forEachRemaining(names::add);
    boolean heartbeat = !names.isEmpty() && TIMES.containsAll(names);
    boolean boundary =
        BOUNDARIES.contains(payload.path("status").asText()) && payload.has("data_collections");
    boolean definition = payload.has("ddl") || payload.has("tableChanges");
    return heartbeat || boundary || definition
        ? Change.ofNothing()
        : Change.ofProblem(
            "the message has no op, so it is none of Debezium; if it was flattened on its way,"
                + " its format is plain");
  }

  private List<Change> changes(
      JsonMessage message, String messageKey, Map<String, String> envelope) {
    String operation = message.payload().path(OPERATION).asText();
    return switch (operation) {
      case "c", "r", "u" ->
          message.payload().path(AFTER).isObject()
              ? upserts(message, envelope)
              : problem("op " + operation + " without the row after the change");
      case "d" -> delete(message, messageKey, envelope);
      case "t" -> List.of(change(EventColumns.TRUNCATE, Image.EMPTY, envelope));
      case "m" -> List.of(Change.ofNothing());
      default -> problem("op '" + operation + "' is none of Debezium's");
    };
  }

  private static List<Change> problem(String text) {
    return List.of(Change.ofProblem(text));
  }

  private List<Change> delete(
      JsonMessage message, String messageKey, Map<String, String> envelope) {
    Image gone = key(messageKey).overlaid(image(message, BEFORE));
    return gone.fields().isEmpty()
        ? problem("a delete with neither the row before it nor a message key")
        : List.of(change(EventColumns.DELETE, gone, envelope));
  }

  /** A row that changed its key is gone under the old one. */
  private List<Change> upserts(JsonMessage message, Map<String, String> envelope) {
    Image after = image(message, AFTER);
    Change upsert = change(EventColumns.UPSERT, after, envelope);
    Image before = image(message, BEFORE);
    return before.moved(after, key)
        ? List.of(change(EventColumns.DELETE, before, envelope), upsert)
        : List.of(upsert);
  }

  private static Change change(String operation, Image image, Map<String, String> envelope) {
    return new Change(operation, null, false, image.fields(), image.unavailable(), envelope);
  }

  private Image key(String messageKey) {
    if (messageKey == null) {
      return Image.EMPTY;
    }
    JsonMessage parsed = JsonMessage.parse(messageKey, keySchemas);
    return parsed.payload().isObject() ? image(parsed.payload(), parsed.schema()) : Image.EMPTY;
  }

  private Image image(JsonMessage message, String field) {
    JsonNode row = message.payload().path(field);
    return row.isObject() ? image(row, message.schema().field(field)) : Image.EMPTY;
  }

  private Image image(JsonNode row, FieldSchema schema) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> lost = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = row.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      if (placeholder.standsAs(field.getValue())) {
        lost.add(field.getKey());
      } else if (!field.getValue().isNull()) {
        String name = field.getKey();
        fields.put(name, texts.of(field.getValue(), schema.field(name), targets.get(name)));
      }
    }
    return new Image(fields, lost);
  }

  private static Map<String, String> envelope(JsonNode payload) {
    Map<String, String> envelope = new LinkedHashMap<>();
    addScalars(payload, "", envelope);
    addScalars(payload.path("source"), "source.", envelope);
    addScalars(payload.path("transaction"), "transaction.", envelope);
    return envelope;
  }

  private static void addScalars(JsonNode object, String prefix, Map<String, String> envelope) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                envelope.put(prefix + field.getKey(), field.getValue().asText());
              }
            });
  }
}
