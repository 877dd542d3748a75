package io.assay.app.profile;

import io.assay.config.Source.FileFormat;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** What a file's name tells about its format. */
final class FileKind {
  private static final Pattern ENDING =
      Pattern.compile("(?i).*?([.](?:snappy[.])?([a-z]+)(?:[.](?:gz|bz2|zst))?)");

  private static final Map<String, FileFormat> FORMATS =
      Map.of(
          "csv", FileFormat.CSV,
          "tsv", FileFormat.CSV,
          "psv", FileFormat.CSV,
          "json", FileFormat.JSON,
          "jsonl", FileFormat.JSON,
          "ndjson", FileFormat.JSON,
          "parquet", FileFormat.PARQUET,
          "avro", FileFormat.AVRO,
          "txt", FileFormat.TEXT,
          "log", FileFormat.TEXT);

  private FileKind() {}

  /**
   * The format that all files have by their names.
   *
   * @throws AssayException with exit code 2 if the names tell none, or several
   */
  static FileFormat of(List<String> paths) {
    Set<FileFormat> formats = new TreeSet<>(Comparator.naturalOrder());
    for (String path : paths) {
      formats.add(
          format(path)
              .orElseThrow(
                  () ->
                      new AssayException(
                          ExitCode.USAGE,
                          "the name of "
                              + path
                              + " does not tell how it is written: say it with --format, one of "
                              + known())));
    }
    if (formats.size() > 1) {
      throw new AssayException(
          ExitCode.USAGE,
          "these files are of several formats (%s): name those of one by a pattern such as '*.csv'"
              .formatted(formats.stream().map(FileKind::label).collect(Collectors.joining(", "))));
    }
    return formats.iterator().next();
  }

  /** The ending that all names have in common, such as {@code .csv.gz}; empty if there is none. */
  static Optional<String> ending(List<String> paths) {
    Set<String> endings =
        paths.stream()
            .map(path -> matched(path).map(match -> match.group(1)).orElse(""))
            .collect(Collectors.toSet());
    return endings.size() == 1
        ? endings.stream().filter(each -> !each.isEmpty()).findFirst()
        : Optional.empty();
  }

  /** The word that pipelines have for a format. */
  static String label(FileFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static String known() {
    return java.util.Arrays.stream(FileFormat.values())
        .map(FileKind::label)
        .collect(Collectors.joining(", "));
  }

  private static Optional<FileFormat> format(String path) {
    return matched(path).map(match -> FORMATS.get(match.group(2).toLowerCase(Locale.ROOT)));
  }

  private static Optional<Matcher> matched(String path) {
    Matcher matcher = ENDING.matcher(new Path(path).getName());
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }
}
