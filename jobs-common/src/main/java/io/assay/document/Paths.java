package io.assay.document;

/** How places inside a document are written: {@code history.sequence[0]}. */
public final class Paths {
  private Paths() {}

  /** The path of a key. */
  public static String key(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of a list's item. */
  public static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
