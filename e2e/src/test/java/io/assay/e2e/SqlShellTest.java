package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay sql} by its launcher: on a terminal, and where there is none. */
class SqlShellTest {
  /** Runs a command on a terminal of its own; each line says what is typed, or waited for. */
  private static final String PERSON =
      """
      import fcntl, os, pty, select, signal, struct, sys, termios, time
      steps, *command = sys.argv[1:]
      child, terminal = pty.fork()
      if child == 0:
          # Where tests run in the background, it would be ignored for good.
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
          os.execvp(command[0], command)
      screen = ""
      def look(seconds):
          if not select.select([terminal], [], [], seconds)[0]:
              return ""
          try:
              return os.read(terminal, 65536).decode(errors="replace")
          except OSError:
              return None
      def sees(text):
          global screen
          patience = time.monotonic() + 180
          while text not in screen:
              more = look(1)
              if more is None or time.monotonic() > patience:
                  sys.exit(f"'{text}' was not seen, but: {screen}")
              screen += more
          screen = screen[screen.index(text) + len(text):]
      for step in steps.splitlines():
          verb, text = step.split(" ", 1)
          text = text.encode().decode("unicode_escape")
          if verb == "sees":
              sees(text)
          elif verb == "waits":
              time.sleep(float(text))
          else:
              os.write(terminal, text.encode())
      while look(60) is not None:
          pass
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  @TempDir private Path temporary;
  private SmallProject project;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    project = SmallProject.in(temporary.resolve("project"));
    folder = Files.createDirectory(temporary.resolve("folder"));
  }

  private record Ended(int status, String out, String err) {}

  private Ended run(List<String> before, String... options) throws Exception {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(before));
    builder
        .command()
        .addAll(
            List.of(
                Installation.root().resolve("bin/assay").toString(),
                "--project",
                project.folder().toString(),
                "sql"));
    builder.command().addAll(List.of(options));
    builder.environment().remove("SPARK_HOME");
    builder
        .environment()
        .putAll(
            Map.of(
                "ASSAY_NO_BUILD", "yes",
                "ASSAY_MASTER", "local[1]",
                "ASSAY_DRIVER_MEMORY", "768m",
                "ASSAY_LOG_DIR", temporary.resolve("log").toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "TERM", "xterm",
                "XDG_STATE_HOME", temporary.resolve("state").toString()));
    builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(out) + Files.readString(err)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void onATerminalItIsAShellThatRemembersAndThatCtrlCDoesNotEnd() throws Exception {
    String steps =
        """
        sees small>\\x20
        types SELECT 40 +\\n
        sees ->\\x20
        types 2 AS answer;\\n
        sees 42
        sees 1 row,
        types SHOW TABLES;\\n
        sees 0 rows
        types SELECT count(*) FROM range(1000000000000);\\n
        waits 4
        types \\x03
        sees stopped
        types sel\\tnothing;\\n
        sees line 1, column 8
        types SELECT * FROM gold.daily;\\n
        sees holds nothing yet
        sees small>\\x20
        types \\x04
        """;

    Ended ended = run(List.of("python3", "-c", PERSON, steps));

    assertThat(ended.status()).as(ended.toString()).isZero();
    Path history = temporary.resolve("state/assay/sql-history");
    assertThat(Files.readString(history)).contains("SELECT 40 +", "select nothing;");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  @Test
  void elsewhereStatementsOfAFileAreCarriedOutUntilOneFailsAndNothingIsLeftWhereSomebodyIs()
      throws Exception {
    Files.writeString(
        folder.resolve("report.sql"),
        """
        -- two answers; and what is wrong
        SELECT 1 AS one, NULL AS none;
        \\format json
        SELECT 'a;b' AS text;
        SELECT *
        FROM gold.dayly;
        SELECT 'never';
        """);

    Ended ended = run(List.of(), "--file", "report.sql", "--format", "csv");

    assertThat(ended.out()).isEqualTo("one,none\r\n1,\r\n[\n{\"text\":\"a;b\"}\n]\n");
    assertThat(ended.err())
        .contains("1 row, ")
        .endsWith(
            "assay: report.sql:6:6: there is no table gold.dayly here; did you mean 'gold.daily'?\n"
                + "  FROM gold.dayly\n       ^\n");
    assertThat(ended.status()).isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("report.sql"));
    }
    Ended nothing = run(List.of());
    assertThat(nothing.err()).contains("there is no statement");
    assertThat(nothing.status()).isEqualTo(2);
  }
}
