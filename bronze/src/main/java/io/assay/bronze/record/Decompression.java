package io.assay.bronze.record;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Tells the compression of a file by its name. These decoders, other than the JDK's and Hadoop's,
 * fail on a truncated archive and on garbage behind one.
 */
final class Decompression {
  private Decompression() {}

  static boolean compressed(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") || name.endsWith(".bz2") || name.endsWith(".zst");
  }

  static InputStream open(String path, InputStream stored) throws IOException {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return new GzipCompressorInputStream(stored, true);
    }
    if (name.endsWith(".bz2")) {
      return new BZip2CompressorInputStream(stored, true);
    }
    return name.endsWith(".zst") ? new ZstdInputStreamNoFinalizer(stored) : stored;
  }
}
