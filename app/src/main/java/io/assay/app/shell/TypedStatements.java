package io.assay.app.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** How the terminal reads what is typed: a text is ended when its last statement is. */
final class TypedStatements implements Parser {

  /**
   * The word at the cursor; it may have dots.
   *
   * @throws EOFError if the text is to be carried out and goes on in another line
   */
  @Override
  public ParsedLine parse(String text, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && StatementScanner.read(text, "").rest().isPresent()) {
      throw new EOFError(-1, -1, "a statement ends with a semicolon");
    }
    int start = cursor;
    while (start > 0 && SqlWords.inWord(text.charAt(start - 1))) {
      start--;
    }
    return new WordAtCursor(text, cursor, text.substring(start, cursor));
  }

  @Override
  public boolean isEscapeChar(char character) {
    return false;
  }

  /** The whole text, with the one word that is being typed. */
  private record WordAtCursor(String line, int cursor, String word)
      implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
