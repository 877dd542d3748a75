package io.assay.app.shell;

import io.assay.app.operate.ResultFormat;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Offers what may stand at the cursor: tables behind FROM, a table's columns behind its name or
 * alias, the columns of all tables that the statement names, keywords, functions.
 */
final class SqlCompleter implements Completer {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?i)\\b((?:bronze|silver|quarantine|gold|ops)\\.[a-z][a-z0-9_]*)(?:\\s+(?:as\\s+)?([a-z_]\\w*))?");
  private static final Pattern TABLE_IS_NEXT =
      Pattern.compile("(?is).*\\b(?:from|join|table)\\s+|\\s*(?:describe|desc|\\\\d)\\s+");
  private static final Pattern FORMAT_IS_NEXT = Pattern.compile("(?is)\\s*\\\\format\\s+");

  private final NamedColumns columns;
  private final List<String> builtIns;

  /**
   * @param builtIns names of Spark's functions
   */
  SqlCompleter(NamedColumns columns, List<String> builtIns) {
    this.columns = columns;
    this.builtIns = builtIns;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    offers(line.line(), line.cursor(), candidates);
  }

  /** Adds what fits the word before the cursor. */
  void offers(String text, int cursor, List<Candidate> candidates) {
    int start = cursor;
    while (start > 0 && SqlWords.inWord(text.charAt(start - 1))) {
      start--;
    }
    String word = text.substring(start, cursor);
    String before = text.substring(0, start);
    for (String offer : offered(text, before, word)) {
      if (offer.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT))) {
        boolean whole = !offer.endsWith(".") && !offer.endsWith("(");
        candidates.add(new Candidate(offer, offer, null, null, null, null, whole));
      }
    }
  }

  private Set<String> offered(String text, String before, String word) {
    if (FORMAT_IS_NEXT.matcher(before).matches()) {
      return new LinkedHashSet<>(Arrays.asList(ResultFormat.labels().split(", ")));
    }
    if (word.startsWith("\\")) {
      return new LinkedHashSet<>(ShellCommand.words());
    }
    Set<String> offers = new LinkedHashSet<>();
    int dot = word.lastIndexOf('.');
    if (dot >= 0) {
      String owner = word.substring(0, dot + 1);
      ofOwner(text, word.substring(0, dot)).forEach(column -> offers.add(owner + column));
    }
    boolean tableIsNext = TABLE_IS_NEXT.matcher(before).matches();
    if (tableIsNext || dot >= 0) {
      offers.addAll(tables(word));
    }
    if (!tableIsNext && dot < 0) {
      offers.addAll(elsewhere(text, word));
    }
    return offers;
  }

  /** The layers, or the tables of the one that is typed. */
  private List<String> tables(String word) {
    Stream<String> names = columns.tables().stream().map(TableName::toString);
    return word.contains(".")
        ? names.toList()
        : Layer.ofTables().map(layer -> layer.label() + ".").toList();
  }

  private List<String> elsewhere(String text, String word) {
    List<String> offers = new ArrayList<>();
    named(text).values().stream().distinct().forEach(table -> offers.addAll(columns.of(table)));
    if (word.isEmpty()) {
      return offers;
    }
    boolean lower = word.equals(word.toLowerCase(Locale.ROOT));
    for (String keyword : SqlWords.KEYWORDS) {
      offers.add(lower ? keyword.toLowerCase(Locale.ROOT) : keyword);
    }
    offers.addAll(tables(word));
    columns.functions().forEach(function -> offers.add(function + "("));
    if (word.length() > 1) {
      builtIns.forEach(function -> offers.add(function + "("));
    }
    return offers;
  }

  private List<String> ofOwner(String text, String owner) {
    Optional<TableName> table = TableName.parse(owner.toLowerCase(Locale.ROOT));
    return table
        .or(() -> Optional.ofNullable(named(text).get(owner.toLowerCase(Locale.ROOT))))
        .map(columns::of)
        .orElse(List.of());
  }

  /** The tables that a text names, by their name without the layer, and by alias. */
  private static Map<String, TableName> named(String text) {
    Map<String, TableName> named = new HashMap<>();
    Matcher matcher = TABLE.matcher(text);
    while (matcher.find()) {
      TableName.parse(matcher.group(1).toLowerCase(Locale.ROOT))
          .ifPresent(
              table -> {
                named.put(table.name(), table);
                Optional.ofNullable(matcher.group(2))
                    .filter(alias -> !SqlWords.KEYWORDS.contains(alias.toUpperCase(Locale.ROOT)))
                    .ifPresent(alias -> named.put(alias.toLowerCase(Locale.ROOT), table));
              });
    }
    return named;
  }
}
