package io.assay.app.cli;

import io.assay.config.Dataset;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table that a command on one table is about, and in what form it answers. */
final class TableArguments {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Parameters(paramLabel = "TABLE", description = "The table, such as silver.customers.")
  private String name;

  /**
   * The mart, if the table is one of gold.
   *
   * @throws AssayException with exit code 2 if the project has no such mart
   */
  Optional<Mart> mart(Project project) {
    Optional<String> gold =
        TableName.parse(name).filter(table -> table.layer() == Layer.GOLD).map(TableName::name);
    if (gold.isPresent() && !project.marts().containsKey(gold.get())) {
      throw new AssayException(
          ExitCode.USAGE,
          "this project has no mart '"
              + name
              + "'"
              + Nearest.hint(gold.get(), project.marts().keySet()));
    }
    return gold.map(project.marts()::get);
  }

  /**
   * The dataset of the table, whose name may be {@code silver.orders}, {@code
   * silver.orders_history} or {@code orders}.
   *
   * @throws AssayException with exit code 2 if the project has no such dataset
   */
  Dataset dataset(Project project) {
    String plain =
        TableName.parse(name)
            .filter(table -> table.layer() == Layer.SILVER)
            .map(TableName::name)
            .orElse(name);
    return TableName.parse("silver." + plain)
        .flatMap(
            table ->
                Stream.of(table, table.currentRows())
                    .map(TableName::name)
                    .map(project.datasets()::get)
                    .filter(Objects::nonNull)
                    .findFirst())
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    "this project has no silver table '"
                        + name
                        + "'"
                        + Nearest.hint(plain, project.datasets().keySet())));
  }
}
