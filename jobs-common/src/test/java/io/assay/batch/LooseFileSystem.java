package io.assay.batch;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local files by another name, so that they count as a store that decides between no two. */
public final class LooseFileSystem extends RawLocalFileSystem {
  private static final String SCHEME = "loose";

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs." + SCHEME + ".impl", LooseFileSystem.class.getName());
    return configuration;
  }

  static Path path(java.nio.file.Path local) {
    return new Path(SCHEME + "://" + local);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }
}
