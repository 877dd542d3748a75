package io.assay.config;

import io.assay.document.Position;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlProblem;
import io.assay.table.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code functions/NAME.sql}: {@code name(a, b) = expression}. */
final class FunctionsReader {
  private static final String FOLDER = "functions/";
  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?s)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*"
              + "([A-Za-z_][A-Za-z0-9_]*)\\s*\\(([^)]*)\\)\\s*=\\s*(.*?)\\s*;?\\s*");

  private final Reading reading;

  FunctionsReader(Reading reading) {
    this.reading = reading;
  }

  /** The functions by name. */
  Map<String, SqlFunction> read() {
    Map<String, SqlFunction> functions = new TreeMap<>();
    Map<String, Position> bodies = new TreeMap<>();
    reading
        .files()
        .texts()
        .forEach(
            (file, text) -> {
              if (file.startsWith(FOLDER)) {
                read(file, text, functions, bodies);
              }
            });
    functions
        .values()
        .forEach(
            function -> {
              for (SqlProblem problem : function.problems(functions)) {
                Position body = bodies.get(function.name());
                reading.problems().add(inside(body, problem), function.name(), problem.message());
              }
            });
    return functions;
  }

  private void read(
      String file, String text, Map<String, SqlFunction> functions, Map<String, Position> bodies) {
    Matcher matcher = DECLARATION.matcher(text);
    String name = file.substring(FOLDER.length()).replaceFirst("\\.[a-z]+$", "");
    if (!file.endsWith(".sql") || !matcher.matches()) {
      reading
          .problems()
          .add(
              Position.startOf(file),
              "",
              "expected functions/NAME.sql with: name(a, b) = expression");
    } else if (!matcher.group(1).equals(name) || !TableName.IDENTIFIER.matcher(name).matches()) {
      reading
          .problems()
          .add(
              position(file, text, matcher.start(1)),
              "",
              "the function is named '"
                  + matcher.group(1)
                  + "', and its file '"
                  + name
                  + "': both must be the same lower-case name");
    } else {
      functions.put(name, new SqlFunction(name, parameters(matcher.group(2)), matcher.group(3)));
      bodies.put(name, position(file, text, matcher.start(3)));
    }
  }

  private static List<String> parameters(String list) {
    return list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(String::trim).toList();
  }

  private static Position position(String file, String text, int offset) {
    String before = text.substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(file, line, offset - before.lastIndexOf('\n'));
  }

  private static Position inside(Position body, SqlProblem problem) {
    return problem.line() == 1
        ? new Position(body.file(), body.line(), body.column() + problem.column() - 1)
        : new Position(body.file(), body.line() + problem.line() - 1, problem.column());
  }
}
