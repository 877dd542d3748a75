package io.assay.config;

import org.apache.hadoop.fs.Path;

/**
 * Where a project lies: a folder or a zip of one, local or at any Hadoop URI.
 *
 * @param path as given; a relative one is local, below the working directory
 */
public record ProjectLocation(Path path) {

  /** Reads an option such as {@code conf}, {@code s3a://bucket/project} or {@code project.zip}. */
  public static ProjectLocation of(String text) {
    return new ProjectLocation(new Path(text));
  }

  boolean zipped() {
    return path.getName().endsWith(".zip");
  }

  boolean local() {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }
}
