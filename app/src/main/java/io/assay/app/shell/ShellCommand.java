package io.assay.app.shell;

import io.assay.app.operate.ResultFormat;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the shell itself is told, by its name and what the help says of it. */
enum ShellCommand {
  HELP("help", "\\?", "this"),
  TABLES("\\d", "", "the tables, as SHOW TABLES [IN layer] ['pat*']"),
  DESCRIBE("\\d", "TABLE", "a table's columns, as DESCRIBE"),
  FORMAT("\\format", ResultFormat.labels().replace(", ", "|"), "how rows are written"),
  LIMIT("\\limit", "ROWS", "how many rows of each answer are written; 0 for all"),
  NULL("\\null", "TEXT", "what stands for a null in tables and records"),
  OUTPUT("\\output", "[FILE]", "where answers go; without a file, here again"),
  SETTINGS("\\settings", "", "how these stand"),
  QUIT("\\q", "", "leave, as quit, exit or Ctrl-D");

  private final String word;
  private final String argument;
  private final String does;

  ShellCommand(String word, String argument, String does) {
    this.word = word;
    this.argument = argument;
    this.does = does;
  }

  /** One that was given, with what stands behind its name. */
  record Given(ShellCommand command, String argument) {
    /** The argument as a whole number that is not negative. */
    int number() {
      try {
        int number = Integer.parseInt(argument);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw wrong(command.word + " needs a number of rows, 0 for all, not '" + argument + "'");
    }

    /** The argument as a format. */
    ResultFormat format() {
      return ResultFormat.named(argument)
          .orElseThrow(() -> wrong("'" + argument + "' is none of " + ResultFormat.labels()));
    }
  }

  /**
   * Reads a command.
   *
   * @throws AssayException if there is none of this name
   */
  static Given read(String line) {
    String[] words = line.strip().replaceFirst("\\s*;$", "").split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    return named(words[0].toLowerCase(Locale.ROOT), argument)
        .map(command -> new Given(command, argument))
        .orElseThrow(
            () ->
                wrong(
                    "the shell has no command "
                        + words[0]
                        + Nearest.to(words[0], words())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; help shows what there is")));
  }

  private static Optional<ShellCommand> named(String word, String argument) {
    return switch (word) {
      case "help", "\\?", "\\h", "\\help" -> Optional.of(HELP);
      case "quit", "exit", "\\q" -> Optional.of(QUIT);
      case "\\d" -> Optional.of(argument.isEmpty() ? TABLES : DESCRIBE);
      default -> Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
    };
  }

  /** The names, as they are typed. */
  static List<String> words() {
    return Arrays.stream(values()).map(command -> command.word).distinct().toList();
  }

  /** What there is, for people. */
  static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Statements end with a semicolon, and may have several lines:
              SELECT, WITH, VALUES               over bronze.X, silver.X (the current rows), silver.X_history
                                                 (the versions), quarantine.X, gold.M, ops.X
              SHOW TABLES, SHOW COLUMNS IN T     what there is
              SHOW SCHEMAS, SHOW FUNCTIONS       layers, and the project's own functions
              DESCRIBE T, EXPLAIN query          columns with their meaning, a plan
              USE gold                           where names without a layer are looked for
            Nothing can be changed. Commands of the shell stand on a line of their own:
            """);
    for (ShellCommand command : values()) {
      String name = (command.word + " " + command.argument).strip();
      text.append("  %-34s %s%n".formatted(name, command.does));
    }
    return text.append(
            """
            Tab completes, Ctrl-C stops a query or drops what is typed, Ctrl-R searches what was typed before;
            a line that begins with a space is not remembered.
            """)
        .toString();
  }

  private static AssayException wrong(String message) {
    return new AssayException(ExitCode.USAGE, message);
  }
}
