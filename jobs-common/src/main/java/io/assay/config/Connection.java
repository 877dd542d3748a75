package io.assay.config;

import java.util.Map;

/** Something outside that datasets name: declared once, per environment. One record per kind. */
public sealed interface Connection {

  /**
   * A file store.
   *
   * @param root the URI below which the dataset's paths lie
   * @param options Hadoop settings for this store, such as {@code fs.s3a.endpoint}; secrets by
   *     reference
   */
  record Store(String root, Map<String, String> options) implements Connection {}
}
