package io.assay.config;

import io.assay.document.Setting;
import java.util.Map;

/** Something outside that datasets name: declared once, per environment. One record per kind. */
public sealed interface Connection {

  /** A file store. */
  @Setting("A file store: a folder on any Hadoop file system.")
  record Store(
      @Setting(
              "The folder below which the datasets' paths lie: a URI, or a path; a relative one"
                  + " starts at the project's folder.")
          String root,
      @Setting("Hadoop settings for this store, such as fs.s3a.endpoint. Secrets by reference.")
          Map<String, String> options)
      implements Connection {

    /** The values of options may be secrets, and a root may hold a password. */
    @Override
    public String toString() {
      return "Store[root=" + Redaction.uri(root) + ", options=" + options.keySet() + "]";
    }
  }
}
