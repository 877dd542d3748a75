package io.assay.bronze.file;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme that only the connection's settings make known. */
public final class MineFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("mine:///");
  }

  @Override
  public String getScheme() {
    return "mine";
  }
}
