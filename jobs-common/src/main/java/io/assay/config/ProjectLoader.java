package io.assay.config;

import io.assay.document.Element.Mapping;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.session.SparkSessions;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.table.Warehouse.Imported;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a project's files into a {@link Project} that is checked as a whole. Starts no Spark.
 *
 * <p>The order is: settings, with their layers, and the tables they import; functions; datasets,
 * each with its contract; marts, each with its query and contract. Whatever is wrong is gathered,
 * and thrown at once at the end.
 */
public final class ProjectLoader {
  private ProjectLoader() {}

  /**
   * Loads and checks a project.
   *
   * @param env the name of the overlay {@code env/NAME.yaml}; empty for none
   * @param sets options {@code a.b=value}, each a setting of {@code assay.yaml}, in order
   * @param environmentVariables of the process
   * @throws ConfigurationException with every mistake, if there is any
   * @throws io.assay.error.AssayException with exit code 4 if the location cannot be read
   */
  public static Project load(
      ProjectLocation location,
      String env,
      List<String> sets,
      Map<String, String> environmentVariables) {
    ProjectFiles files = ProjectFiles.read(location);
    Problems problems = new Problems();
    Optional<Mapping> written =
        new SettingsReader(files, problems).read(env, sets, environmentVariables);
    Reading reading = reading(files, written, environmentVariables, problems);
    Optional<Mapping> document = written.map(reading.references()::resolve);
    Optional<ProjectSettings> settings = document.flatMap(found -> settings(reading, found));

    Mapping defaults = document.orElse(Mapping.empty(Position.startOf(SettingsReader.FILE)));
    Map<String, SqlFunction> functions = new FunctionsReader(reading).read();
    ImportsReader imports = new ImportsReader(files.root(), defaults, problems);
    Map<TableName, Imported> imported = settings.map(imports::read).orElse(Map.of());
    Map<String, Dataset> datasets =
        new DatasetsReader(reading, defaults, functions).read(imported.keySet());
    Map<String, Mart> marts =
        new MartsReader(reading, defaults).read(functions, datasets, imported.keySet());
    imports.checkAgainst(datasets, marts);
    new LookUpCheck(files.root(), problems, imported.keySet()).check(datasets, marts);
    new TableRuleCheck(files.root(), problems).check(datasets, marts);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems.all());
    }
    ProjectSettings sound = settings.orElseThrow();
    return new Project(
        files.root(),
        env,
        new Warehouse(WarehousePath.of(files.root(), sound.warehouse()).orElseThrow(), imported),
        sound,
        datasets,
        marts,
        functions);
  }

  static Reading reading(
      ProjectFiles files,
      Optional<Mapping> settings,
      Map<String, String> environmentVariables,
      Problems problems) {
    Optional<String> credentials = settings.flatMap(References::credentialProviders);
    return new Reading(
        files, new References(environmentVariables, credentials, problems), problems);
  }

  private static Optional<ProjectSettings> settings(Reading reading, Mapping document) {
    ProjectSettings settings =
        reading.bind(ProjectShapes.SETTINGS, document, ProjectSettings.class);
    if (settings == null) {
      return Optional.empty();
    }
    if (settings.project() != null && !TableName.IDENTIFIER.matcher(settings.project()).matches()) {
      reading
          .problems()
          .add(
              document.keyPosition("project"),
              "project",
              "a project's name is lower-case letters, digits and underscores, not '"
                  + settings.project()
                  + "'");
    }
    Optional.ofNullable(settings.warehouse())
        .flatMap(warehouse -> WarehousePath.problem(reading.files().root(), warehouse))
        .ifPresent(
            message ->
                reading.problems().add(document.keyPosition("warehouse"), "warehouse", message));
    settings.spark().keySet().stream()
        .filter(SparkSessions::fixes)
        .forEach(
            name ->
                reading
                    .problems()
                    .add(
                        document.at("spark", name),
                        "spark." + name,
                        "cannot be set: what stored values mean depends on it, so it is the same in"
                            + " every project; remove it"));
    if (settings.connections() != null) {
      new ConnectionCheck(document, reading.problems()).check(settings.connections());
    }
    return Optional.of(settings);
  }
}
