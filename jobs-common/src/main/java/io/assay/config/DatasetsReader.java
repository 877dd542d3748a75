package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractLoader;
import io.assay.document.Binder;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Reads and checks every folder under {@code datasets/}. */
final class DatasetsReader {
  static final String TOP = "datasets";
  static final String PIPELINE = "pipeline.yaml";

  private final Reading reading;
  private final Mapping settings;
  private final Map<String, SqlFunction> functions;

  /**
   * @param settings whose gate and batch limits are the datasets' defaults, and whose sources take
   *     the place of theirs
   * @param functions of the project, by name
   */
  DatasetsReader(Reading reading, Mapping settings, Map<String, SqlFunction> functions) {
    this.reading = reading;
    this.settings = settings;
    this.functions = functions;
  }

  /**
   * The datasets by name; where something is wrong, what could be read of them.
   *
   * @param imported the tables of other projects, by their names here
   */
  Map<String, Dataset> read(Set<TableName> imported) {
    Map<String, Dataset> datasets = new TreeMap<>();
    Map<String, Mapping> documents = new TreeMap<>();
    Folders.below(TOP, Set.of(PIPELINE, ContractLoader.FILE), reading.files(), reading.problems())
        .forEach((name, folder) -> datasets.put(name, dataset(name, folder, documents)));
    settings.mapping(SettingsReader.SOURCES).ifPresent(all -> checkNames(all, datasets.keySet()));
    Map<String, Mapping> connections = connections(settings);
    datasets
        .values()
        .forEach(
            dataset -> {
              if (dataset.pipeline() != null) {
                new DatasetCheck(reading, dataset, documents.get(dataset.name()), functions)
                    .check(datasets, connections, imported);
              }
            });
    return datasets;
  }

  private void checkNames(Mapping all, Set<String> datasets) {
    all.values().keySet().stream()
        .filter(name -> !datasets.contains(name))
        .forEach(
            name ->
                reading
                    .problems()
                    .add(
                        all.keyPosition(name),
                        Paths.of(SettingsReader.SOURCES, name),
                        "there is no dataset '" + name + "'" + Nearest.hint(name, datasets)));
  }

  /** The connections as written, by name; nothing in one that is not as it should be. */
  static Map<String, Mapping> connections(Mapping settings) {
    Map<String, Mapping> connections = new TreeMap<>();
    settings
        .mapping("connections")
        .ifPresent(
            all ->
                all.values()
                    .keySet()
                    .forEach(
                        name ->
                            connections.put(
                                name, all.mapping(name).orElse(Mapping.empty(all.position())))));
    return connections;
  }

  private Dataset dataset(String name, String folder, Map<String, Mapping> documents) {
    String file = folder + "/" + PIPELINE;
    DatasetPipeline pipeline = null;
    if (present(file)) {
      Optional<Mapping> document = reading.document(file).map(this::withDefaults);
      if (document.isPresent()) {
        documents.put(name, sourced(name, document.get()));
        pipeline = pipeline(document.get(), documents.get(name));
      }
    }
    return new Dataset(
        name,
        new Path(reading.files().root(), folder),
        pipeline,
        contract(reading, name, folder, functions));
  }

  /** Mistakes in the file itself are told in every environment, those of settings with them. */
  private DatasetPipeline pipeline(Mapping written, Mapping inForce) {
    DatasetPipeline pipeline = reading.bind(ProjectShapes.DATASET, written, DatasetPipeline.class);
    return inForce.equals(written)
        ? pipeline
        : (DatasetPipeline) new Binder(new Problems()).bind(ProjectShapes.DATASET, inForce, "");
  }

  /** The pipeline in force: with the project's defaults below it, and the environment's source. */
  Optional<Mapping> document(String name, String folder) {
    return reading
        .document(folder + "/" + PIPELINE)
        .map(this::withDefaults)
        .map(document -> sourced(name, document));
  }

  private Mapping sourced(String name, Mapping document) {
    return settings
        .mapping(SettingsReader.SOURCES)
        .filter(all -> all.values().containsKey(name))
        .map(all -> document.with("source", all.keyPosition(name), all.values().get(name)))
        .orElse(document);
  }

  private boolean present(String file) {
    if (reading.files().text(file).isPresent()) {
      return true;
    }
    reading.problems().add(Position.of(file), "", "there is no such file");
    return false;
  }

  /** Gate and batch limits of the project, below those of the dataset. */
  private Mapping withDefaults(Mapping document) {
    Mapping defaults = Mapping.empty(document.position());
    for (String key : List.of("gate", "batch")) {
      Optional<Mapping> value = settings.mapping(key);
      if (value.isPresent()) {
        defaults = defaults.with(key, settings.keyPosition(key), value.get());
      }
    }
    return defaults.overlaid(document);
  }

  static Contract contract(
      Reading reading, String name, String folder, Map<String, SqlFunction> functions) {
    String file = folder + "/" + ContractLoader.FILE;
    Optional<String> text = reading.files().text(file);
    if (text.isEmpty()) {
      reading.problems().add(Position.of(file), "", "there is no such file: it holds the columns");
    }
    return text.flatMap(
            content -> new ContractLoader(reading.problems(), functions).load(file, content, name))
        .orElse(null);
  }
}
