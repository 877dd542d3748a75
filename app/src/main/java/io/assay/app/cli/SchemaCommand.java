package io.assay.app.cli;

import io.assay.app.spec.SpecShape;
import io.assay.config.ConfigurationReference;
import io.assay.contract.RuleReference;
import io.assay.error.ExitCode;
import io.assay.job.Program;
import io.assay.job.ProjectOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "schema",
    description = "Prints the JSON Schemas of a project's files, for editors; or writes them.",
    footer = {"  assay schema", "  assay schema --write"})
final class SchemaCommand implements Program {
  @ParentCommand private Assay assay;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description = {
        "Write schemas and reference pages into docs/reference below this folder; without one, below",
        "the installation."
      })
  private Path folder;

  @Override
  public ExitCode execute() throws IOException {
    PrintStream out = assay.console().out();
    if (folder == null) {
      String separator = "{\n";
      for (Map.Entry<String, String> schema : schemas().entrySet()) {
        out.print(separator + "\"" + schema.getKey() + "\": " + schema.getValue().strip());
        separator = ",\n";
      }
      out.println("\n}");
      return ExitCode.OK;
    }
    for (Map.Entry<String, String> schema : schemas().entrySet()) {
      write(Path.of(ConfigurationReference.SCHEMAS, schema.getKey()), schema.getValue());
    }
    write(Path.of(ConfigurationReference.PAGE), ConfigurationReference.page());
    write(Path.of(RuleReference.PAGE), RuleReference.page());
    return ExitCode.OK;
  }

  /** By file name: those of the configuration, and that of tests. */
  static Map<String, String> schemas() {
    Map<String, String> schemas = new TreeMap<>(ConfigurationReference.schemas());
    schemas.put(SpecShape.SCHEMA_FILE, SpecShape.schema());
    return schemas;
  }

  private void write(Path file, String text) throws IOException {
    Path target = below().resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
    assay.console().out().println(target);
  }

  private Path below() {
    return folder.toString().isEmpty()
        ? Path.of(System.getProperty(ProjectOptions.INSTALLATION, ""))
        : folder;
  }
}
