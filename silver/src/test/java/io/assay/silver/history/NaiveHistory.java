package io.assay.silver.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The definition of a history, written down as plainly as possible, for one key. It shares no code
 * with the engine.
 */
final class NaiveHistory {
  /** What an event does, the strongest first. */
  enum Operation {
    DELETE,
    UPSERT,
    PRESENT
  }

  /**
   * An event of a key.
   *
   * @param major first column of the sequence
   * @param minor second column of the sequence
   * @param at valid time, which is an attribute too
   */
  record Event(int major, int minor, Operation operation, String name, String city, int at) {

    /** The content's hash: SHA-256 of the attributes that are not null, as JSON, by name. */
    String hash() {
      List<String> fields = new ArrayList<>();
      fields.add("\"at\":" + at);
      if (city != null) {
        fields.add("\"city\":\"" + city + "\"");
      }
      if (name != null) {
        fields.add("\"name\":\"" + name + "\"");
      }
      return sha256("{" + String.join(",", fields) + "}");
    }

    private boolean beats(Event other) {
      return operation == other.operation
          ? hash().compareTo(other.hash()) > 0
          : operation.compareTo(other.operation) < 0;
    }
  }

  /** An event of all keys. */
  record Truncate(int major, int minor, int at) {}

  /**
   * What a history is told to do.
   *
   * @param cityTracked whether a change of the city opens a version; a change of {@code at} never
   * @param timed whether {@code at} is the valid time, else the major sequence is
   * @param nameKept whether a null name means that it is as before
   */
  record Rules(boolean cityTracked, boolean timed, boolean nameKept) {}

  /** What happens at one place of the sequence; the event is null if there is none. */
  private static final class Moment {
    private Event event;
    private final List<Truncate> truncates = new ArrayList<>();
  }

  /** A version; {@code to} is null while it is open. */
  record Version(String id, String name, String city, int at, int from, Integer to) {}

  private NaiveHistory() {}

  /**
   * The versions of one key.
   *
   * @param key the key as JSON
   */
  static List<Version> versions(
      String key, List<Event> events, List<Truncate> truncates, Rules rules) {
    List<Version> versions = new ArrayList<>();
    Version open = null;
    int time = Integer.MIN_VALUE;
    String name = null;
    for (Moment moment : moments(events, truncates)) {
      for (Truncate truncate : moment.truncates) {
        time = Math.max(time, rules.timed ? truncate.at : truncate.major);
      }
      Event event = moment.event;
      boolean present = event != null && event.operation == Operation.PRESENT;
      if (present) {
        continue;
      }
      if (event != null) {
        time = Math.max(time, rules.timed ? event.at : event.major);
      }
      boolean upsert = event != null && event.operation == Operation.UPSERT;
      if (!upsert || !moment.truncates.isEmpty() || !rules.nameKept) {
        name = null;
      }
      name = upsert && event.name != null ? event.name : name;
      if (upsert && open != null && continues(open, name, event, rules)) {
        open = new Version(open.id, name, event.city, event.at, open.from, null);
        continue;
      }
      if (open != null) {
        versions.add(new Version(open.id, open.name, open.city, open.at, open.from, time));
        open = null;
      }
      if (upsert) {
        String sequence = "{\"major\":" + event.major + ",\"minor\":" + event.minor + "}";
        open = new Version(sha256(key + sequence), name, event.city, event.at, time, null);
      }
    }
    if (open != null) {
      versions.add(open);
    }
    return versions;
  }

  private static boolean continues(Version open, String name, Event event, Rules rules) {
    return Objects.equals(open.name, name)
        && (!rules.cityTracked || Objects.equals(open.city, event.city));
  }

  private static List<Moment> moments(List<Event> events, List<Truncate> truncates) {
    Map<Integer, Map<Integer, Moment>> moments = new TreeMap<>();
    for (Event event : events) {
      Moment moment = moment(moments, event.major, event.minor);
      if (moment.event == null || event.beats(moment.event)) {
        moment.event = event;
      }
    }
    for (Truncate truncate : truncates) {
      moment(moments, truncate.major, truncate.minor).truncates.add(truncate);
    }
    List<Moment> ordered = new ArrayList<>();
    moments.values().forEach(byMinor -> ordered.addAll(byMinor.values()));
    return ordered;
  }

  private static Moment moment(Map<Integer, Map<Integer, Moment>> moments, int major, int minor) {
    return moments
        .computeIfAbsent(major, unused -> new TreeMap<>())
        .computeIfAbsent(minor, unused -> new Moment());
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
