package io.assay.config;

import java.util.regex.Pattern;

/** What is left out where a value is shown. */
public final class Redaction {
  private static final Pattern USER_INFO = Pattern.compile("://[^/@]*@");
  private static final Pattern TELLING_KEY =
      Pattern.compile(
          "(?i)secret|password|jaas|passwd|token|credential|(access|api)[._-]?key|bearer|authorization|signature");

  private Redaction() {}

  /** The URI without its user and password. */
  static String uri(String uri) {
    return uri == null ? null : USER_INFO.matcher(uri).replaceAll("://");
  }

  /** Whether a key's name says that its value is a secret, wherever it comes from. */
  public static boolean tells(String key) {
    return TELLING_KEY.matcher(key).find();
  }
}
