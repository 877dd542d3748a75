package io.assay.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a text apart: statements end with a semicolon, outside of quotes and comments; a command of
 * the shell stands on a line of its own.
 */
public final class StatementScanner {
  private static final Pattern COMMAND =
      Pattern.compile("\\\\[^\\n]*|(?i:help|quit|exit)[ \\t]*;?\\s*?(?=\\n|$)");

  private final String text;
  private final String source;
  private final List<Statement> whole = new ArrayList<>();
  private int at;

  /** Where the statement begins that is not ended yet; negative if none is begun. */
  private int start = -1;

  private StatementScanner(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /**
   * The statements of a text.
   *
   * @param whole those that are ended
   * @param rest what follows them, if it is more than comments
   */
  public record Statements(List<Statement> whole, Optional<Statement> rest) {
    /** All of them, where the end of the text ends the last. */
    public List<Statement> all() {
      List<Statement> all = new ArrayList<>(whole);
      rest.ifPresent(all::add);
      return all;
    }
  }

  /**
   * Reads a text.
   *
   * @param source the file that it stands in; empty if it was typed
   */
  public static Statements read(String text, String source) {
    return new StatementScanner(text, source).read();
  }

  private Statements read() {
    while (at < text.length()) {
      step(text.charAt(at));
    }
    Optional<Statement> rest =
        start < 0 ? Optional.empty() : Optional.of(statement(start, text.length(), false));
    return new Statements(List.copyOf(whole), rest);
  }

  private void step(char next) {
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (text.startsWith("/*", at)) {
      comment();
    } else if (next == ';') {
      if (start >= 0) {
        whole.add(statement(start, at, false));
      }
      start = -1;
      at++;
    } else if (Character.isWhitespace(next)) {
      at++;
    } else if (start < 0 && command()) {
      return;
    } else {
      start = start < 0 ? at : start;
      at = next == '\'' || next == '"' || next == '`' ? quoteEnd(next) : at + 1;
    }
  }

  /** Spark's comments nest. */
  private void comment() {
    int begin = at;
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    if (depth > 0 && start < 0) {
      start = begin;
    }
  }

  private boolean command() {
    Matcher matcher = COMMAND.matcher(text).region(at, text.length());
    boolean found = matcher.lookingAt();
    if (found) {
      whole.add(statement(at, matcher.end(), true));
      at = matcher.end();
    }
    return found;
  }

  private int quoteEnd(char quote) {
    boolean escapes = quote != '`' && !raw();
    for (int i = at + 1; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '\\' && escapes) {
        i++;
      } else if (next == quote) {
        return i + 1;
      }
    }
    return text.length();
  }

  /** Whether the quote stands behind a single r, which keeps backslashes as they are. */
  private boolean raw() {
    boolean marked = at > 0 && Character.toLowerCase(text.charAt(at - 1)) == 'r';
    return marked && (at < 2 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
  }

  private Statement statement(int from, int to, boolean command) {
    String before = text.substring(0, from);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = from - before.lastIndexOf('\n');
    return new Statement(text.substring(from, to).stripTrailing(), source, line, column, command);
  }
}
