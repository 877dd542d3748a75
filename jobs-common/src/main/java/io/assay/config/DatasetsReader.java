package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractLoader;
import io.assay.document.Element.Mapping;
import io.assay.document.Position;
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
   * @param settings whose gate and batch limits are the datasets' defaults
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
    Set<String> connections =
        settings.mapping("connections").map(c -> c.values().keySet()).orElse(Set.of());
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

  private Dataset dataset(String name, String folder, Map<String, Mapping> documents) {
    String file = folder + "/" + PIPELINE;
    DatasetPipeline pipeline = null;
    if (present(file)) {
      Optional<Mapping> document = document(folder);
      if (document.isPresent()) {
        documents.put(name, document.get());
        pipeline = reading.bind(ProjectShapes.DATASET, document.get(), DatasetPipeline.class);
      }
    }
    return new Dataset(
        name,
        new Path(reading.files().root(), folder),
        pipeline,
        contract(reading, name, folder, functions));
  }

  /** The pipeline of a folder with the project's defaults below it. */
  Optional<Mapping> document(String folder) {
    return reading.document(folder + "/" + PIPELINE).map(this::withDefaults);
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
