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
  /**
   * An event of a key.
   *
   * @param major first column of the sequence
   * @param minor second column of the sequence
   * @param at valid time, which is an attribute too
   */
  record Event(int major, int minor, boolean delete, String name, String city, int at) {

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
      if (delete != other.delete) {
        return delete;
      }
      return hash().compareTo(other.hash()) > 0;
    }
  }

  /** A version; {@code to} is null while it is open. */
  record Version(String id, String name, String city, int at, int from, Integer to) {}

  private NaiveHistory() {}

  /**
   * The versions of one key.
   *
   * @param key the key as JSON
   * @param cityTracked whether a change of the city opens a version; a change of {@code at} never
   * @param timed whether {@code at} is the valid time, else the major sequence is
   */
  static List<Version> versions(
      String key, List<Event> events, boolean cityTracked, boolean timed) {
    Map<Integer, TreeMap<Integer, Event>> byMajor = new TreeMap<>();
    for (Event event : events) {
      TreeMap<Integer, Event> byMinor =
          byMajor.computeIfAbsent(event.major, major -> new TreeMap<>());
      Event rival = byMinor.get(event.minor);
      if (rival == null || event.beats(rival)) {
        byMinor.put(event.minor, event);
      }
    }
    List<Version> versions = new ArrayList<>();
    Version open = null;
    int time = Integer.MIN_VALUE;
    for (TreeMap<Integer, Event> byMinor : byMajor.values()) {
      for (Event event : byMinor.values()) {
        time = Math.max(time, timed ? event.at : event.major);
        boolean continues =
            open != null
                && !event.delete
                && Objects.equals(open.name, event.name)
                && (!cityTracked || Objects.equals(open.city, event.city));
        if (continues) {
          open = new Version(open.id, event.name, event.city, event.at, open.from, null);
          continue;
        }
        if (open != null) {
          versions.add(new Version(open.id, open.name, open.city, open.at, open.from, time));
          open = null;
        }
        if (!event.delete) {
          String sequence = "{\"major\":" + event.major + ",\"minor\":" + event.minor + "}";
          open = new Version(sha256(key + sequence), event.name, event.city, event.at, time, null);
        }
      }
    }
    if (open != null) {
      versions.add(open);
    }
    return versions;
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
