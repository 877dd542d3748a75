package io.assay.app.live;

import java.util.ArrayList;
import java.util.List;

/** A line of a terminal, in pieces of one colour each. */
final class Line {
  /** How a piece looks, by its ANSI code. */
  enum Ink {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    AMBER("33"),
    GOLD("1;33"),
    BLUE("36");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  private record Piece(String text, Ink ink) {}

  private final List<Piece> pieces = new ArrayList<>();

  static Line empty() {
    return new Line();
  }

  static Line of(String text) {
    return new Line().add(text, Ink.PLAIN);
  }

  Line add(String text, Ink ink) {
    pieces.add(new Piece(text, ink));
    return this;
  }

  Line add(String text) {
    return add(text, Ink.PLAIN);
  }

  /** Text that fills so many columns, to the left. */
  Line left(int width, String text, Ink ink) {
    return add(text + " ".repeat(Math.max(0, width - text.length())), ink);
  }

  /** Text that fills so many columns, to the right. */
  Line right(int width, String text, Ink ink) {
    return add(" ".repeat(Math.max(0, width - text.length())) + text, ink);
  }

  /** How many columns it fills. */
  int width() {
    return pieces.stream().mapToInt(piece -> piece.text().length()).sum();
  }

  /** As a terminal wants it, cut to a width: a line that wraps could not be drawn again. */
  String text(int width, boolean coloured) {
    StringBuilder text = new StringBuilder();
    int left = width;
    for (Piece piece : pieces) {
      String part = piece.text().substring(0, Math.min(left, piece.text().length()));
      left -= part.length();
      boolean inked = coloured && piece.ink() != Ink.PLAIN && !part.isBlank();
      text.append(inked ? "\033[" + piece.ink().code + "m" + part + "\033[0m" : part);
    }
    return text.toString();
  }
}
