package io.assay.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a scheduler is to start a job. Assay itself starts nothing: a plan tells schedules, for
 * whatever starts it.
 *
 * @param text as written
 * @param cron the same as the five fields of cron: minute, hour, day of the month, month, day of
 *     the week. Times are those of the project's business zone
 */
public record Schedule(String text, String cron) {
  private static final Map<String, String> NAMED =
      Map.of(
          "hourly", "0 * * * *",
          "daily", "0 0 * * *",
          "weekly", "0 0 * * 0",
          "monthly", "0 0 1 * *");

  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 59, List.of()),
          new Field(0, 23, List.of()),
          new Field(1, 31, List.of()),
          new Field(
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Field(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Schedule of(String text) {
    String cron = NAMED.getOrDefault(text, text.strip().replaceAll("\\s+", " "));
    String[] fields = cron.split(" ", -1);
    if (fields.length != FIELDS.size()) {
      throw new IllegalArgumentException("cron has five fields");
    }
    for (int i = 0; i < fields.length; i++) {
      FIELDS.get(i).check(fields[i]);
    }
    return new Schedule(text, cron);
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * What may stand in a field.
   *
   * @param names of the values, from the least
   */
  private record Field(int least, int greatest, List<String> names) {
    private static final Pattern PART =
        Pattern.compile("(?:\\*|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,3}))?");

    void check(String text) {
      for (String part : text.split(",", -1)) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
          throw refused(part);
        }
        int from = matcher.group(1) == null ? least : value(matcher.group(1));
        int to = matcher.group(2) == null ? from : value(matcher.group(2));
        int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        if (from > to || step < 1) {
          throw refused(part);
        }
      }
    }

    private int value(String text) {
      int named = names.indexOf(text.toLowerCase(Locale.ROOT));
      int value =
          named >= 0 ? named + least : text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
      if (value < least || value > greatest) {
        throw refused(text);
      }
      return value;
    }

    private IllegalArgumentException refused(String part) {
      return new IllegalArgumentException(
          "'%s' is nothing from %d to %d".formatted(part, least, greatest));
    }
  }
}
