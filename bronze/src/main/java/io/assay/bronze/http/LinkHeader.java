package io.assay.bronze.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link (RFC 8288): URLs and what they are to the page. */
final class LinkHeader {
  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern LINK =
      Pattern.compile(
          "<([^>]*)>((?:\\s*;\\s*[^;,=\\s]+\\s*(?:=\\s*(?:" + QUOTED + "|[^;,\"\\s]*))?)*)");
  private static final Pattern RELATION =
      Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"\\s]+))");

  private LinkHeader() {}

  /**
   * The URL of a relation, as it stands there; empty if there is none.
   *
   * @param values of all headers of this name
   */
  static Optional<String> target(List<String> values, String relation) {
    for (String value : values) {
      Matcher link = LINK.matcher(value);
      while (link.find()) {
        Matcher found = RELATION.matcher(link.group(2));
        if (found.find() && names(found, relation)) {
          return Optional.of(link.group(1).strip());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean names(Matcher found, String relation) {
    String relations = found.group(1) == null ? found.group(2) : found.group(1);
    return Arrays.stream(relations.strip().split("\\s+")).anyMatch(relation::equalsIgnoreCase);
  }
}
