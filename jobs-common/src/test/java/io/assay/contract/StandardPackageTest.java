package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks the standard's own package, from PyPI, whether the project's contracts are valid. */
@Tag("all")
class StandardPackageTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root"));
  private static final Path VENV = Path.of("target", "odcs-venv").toAbsolutePath();
  private static final String CHECK =
      """
      import importlib.resources, json, sys
      import jsonschema, yaml
      from open_data_contract_standard.model import OpenDataContractStandard
      schema = json.loads(
          importlib.resources.files("open_data_contract_standard").joinpath("schema.json").read_text())
      validator = jsonschema.validators.validator_for(schema)(schema)
      for name in sys.argv[1:]:
          with open(name) as file:
              document = yaml.safe_load(file)
          if document.get("apiVersion") != "v3.1.0":
              print(f"{name}: apiVersion is not v3.1.0")
          for error in validator.iter_errors(document):
              print(f"{name}: {error.json_path}: {error.message}")
          OpenDataContractStandard.from_file(name)
      """;

  @Test
  void everyContractOfTheProjectIsValidByTheStandardsOwnPackage() throws Exception {
    List<String> contracts = contracts();
    assertThat(contracts).as("contracts below conf/ and examples/").isNotEmpty();
    run("python3", "-m", "venv", VENV.toString());
    String python = VENV.resolve("bin/python").toString();
    run(
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "open-data-contract-standard==3.1.2",
        "jsonschema==4.23.0",
        "PyYAML>=6,<7");

    List<String> command = new ArrayList<>(List.of(python, "-c", CHECK));
    command.addAll(contracts);

    assertThat(run(command.toArray(String[]::new))).isBlank();
  }

  private static List<String> contracts() throws IOException {
    List<String> found = new ArrayList<>();
    for (String part : List.of("conf", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
        files
            .map(Path::toString)
            .filter(name -> name.endsWith("/" + ContractLoader.FILE))
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(Path.of("target"), "odcs", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    return said;
  }
}
