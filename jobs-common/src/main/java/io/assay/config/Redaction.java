package io.assay.config;

import java.util.regex.Pattern;

/** What is left out where a value is shown. */
final class Redaction {
  private static final Pattern USER_INFO = Pattern.compile("://[^/@]*@");
  private static final Pattern TELLING_KEY =
      Pattern.compile("(?i)secret|password|passwd|token|credential|access[._-]?key");

  private Redaction() {}

  /** The URI without its user and password. */
  static String uri(String uri) {
    return uri == null ? null : USER_INFO.matcher(uri).replaceAll("://");
  }

  /** Whether a key's name says that its value is a secret, wherever it comes from. */
  static boolean tells(String key) {
    return TELLING_KEY.matcher(key).find();
  }
}
