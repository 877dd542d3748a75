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

  /**
   * The path of something deep inside.
   *
   * @param steps keys (String) and indexes (Integer)
   */
  public static String of(Object... steps) {
    String path = "";
    for (Object step : steps) {
      path = step instanceof Integer index ? item(path, index) : key(path, (String) step);
    }
    return path;
  }
}
