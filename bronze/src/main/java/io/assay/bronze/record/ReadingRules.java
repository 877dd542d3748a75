package io.assay.bronze.record;

import io.assay.config.Source;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.List;

/**
 * How the files of a source are read: what of its configuration shapes rows, flat and serializable,
 * because it travels to the executors and into the intent of every batch.
 *
 * @param encoding the character set's name
 * @param quote a character, or empty: no quoting
 * @param escape of a quote inside quotes; a character, or empty
 * @param comment the character that begins a comment line; empty: none
 * @param recordBytes the most bytes of a record's text
 * @param depth the deepest nesting of a JSON document
 * @param columns the names of the fields of a CSV file without a header; else not used
 */
public record ReadingRules(
    Source.FileFormat format,
    String encoding,
    String delimiter,
    String quote,
    String escape,
    boolean header,
    String comment,
    long recordBytes,
    int depth,
    List<String> columns)
    implements Serializable {

  public ReadingRules {
    columns = List.copyOf(columns);
  }

  /**
   * @param columns the contract's source columns, in order
   */
  public static ReadingRules of(Source.Files source, List<String> columns) {
    Source.Csv csv = source.csv();
    boolean named = source.format() == Source.FileFormat.CSV && !csv.header();
    return new ReadingRules(
        source.format(),
        source.encoding(),
        csv.delimiter(),
        csv.quote(),
        csv.escape(),
        csv.header(),
        csv.comment().orElse(""),
        source.limits().recordBytes(),
        source.limits().depth(),
        named ? columns : List.of());
  }

  Charset charset() {
    return Charset.forName(encoding);
  }
}
