package io.assay.app.cli;

import io.assay.config.Source.FileFormat;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How files are written, where their names do not tell. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Converter.class,
      description = {
        "How the files are written: csv, json, json_array, parquet, avro or text. By default their names",
        "tell it."
      })
  private FileFormat format;

  Optional<FileFormat> told() {
    return Optional.ofNullable(format);
  }

  private static final class Converter implements ITypeConverter<FileFormat> {
    @Override
    public FileFormat convert(String text) {
      try {
        return FileFormat.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is none of csv, json, json_array, parquet, avro, text");
      }
    }
  }
}
