package io.assay.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** Somebody at a terminal, who waits for what appears there. */
final class TypingPerson implements AutoCloseable {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String UP = "\u0010";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final Terminal terminal;
  private int seen;

  TypingPerson() throws IOException {
    terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
  }

  Terminal terminal() {
    return terminal;
  }

  /** What people read beside answers stands on the same screen. */
  PrintStream err() {
    return new PrintStream(screen, true, StandardCharsets.UTF_8);
  }

  void types(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Waits until a text appears behind all that was waited for before. */
  void sees(String text) throws InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofMinutes(2));
    int found;
    while ((found = screen().indexOf(text, seen)) < 0) {
      assertThat(Instant.now())
          .as("'%s' was not seen, but: %s", text, screen().substring(seen))
          .isBefore(patience);
      Thread.sleep(20);
    }
    seen = found + text.length();
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Override
  public void close() throws IOException {
    keys.close();
    terminal.close();
  }
}
