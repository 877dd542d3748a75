package io.assay.app.plan;

import io.assay.config.BatchLimits;
import io.assay.config.Dataset;
import io.assay.config.DatasetPipeline;
import io.assay.config.Format;
import io.assay.config.Gate;
import io.assay.config.History;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.config.ProjectSettings;
import io.assay.config.Retry;
import io.assay.config.Source;
import io.assay.config.Streaming;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.Contract;
import io.assay.contract.OnFailure;
import io.assay.quality.measure.Measure;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Projects as values, without files: datasets from files or tables, and marts. */
public final class TestProjects {
  private final Map<String, Dataset> datasets = new TreeMap<>();
  private final Map<String, Mart> marts = new TreeMap<>();
  private final Path root;

  public TestProjects(java.nio.file.Path root) {
    this.root = new Path(root.toUri());
  }

  /** A dataset that lands CSV files from {@code landing/NAME}. */
  public TestProjects files(String name) {
    Source source =
        new Source.Files(
            Optional.empty(),
            "landing/" + name + "/*.csv",
            Source.FileFormat.CSV,
            "UTF-8",
            Source.Csv.DEFAULT,
            Source.Limits.DEFAULT);
    return dataset(name, source);
  }

  /** A dataset made from a bronze table. */
  public TestProjects table(String name, String table) {
    return dataset(name, new Source.Table(TableName.of(table)));
  }

  private TestProjects dataset(String name, Source source) {
    DatasetPipeline pipeline =
        new DatasetPipeline(
            source,
            Format.PLAIN,
            Optional.empty(),
            Optional.empty(),
            ZoneOffset.UTC,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            History.NONE,
            DatasetPipeline.Drift.RESCUE,
            Optional.empty(),
            Gate.DEFAULT,
            BatchLimits.DEFAULT,
            Optional.empty(),
            Optional.empty());
    datasets.put(
        name, new Dataset(name, new Path(root, "datasets/" + name), pipeline, contract(name)));
    return this;
  }

  /** Lets a rule of a dataset look at another table. */
  TestProjects lookUp(String name, String table) {
    BatchRule rule =
        new BatchRule(
            "known",
            new Measure.References(List.of("id"), TableName.of(table), List.of("id")),
            new Threshold(Operator.MUST_BE, 1, Optional.empty()),
            Optional.empty(),
            OnFailure.HOLD,
            "");
    Dataset before = datasets.get(name);
    datasets.put(
        name, new Dataset(name, before.folder(), before.pipeline(), contract(name, List.of(rule))));
    return this;
  }

  /** A mart that reads the given tables. */
  public TestProjects mart(String name, String... inputs) {
    Set<TableName> tables = Set.copyOf(java.util.Arrays.stream(inputs).map(TableName::of).toList());
    marts.put(
        name,
        new Mart(
            name,
            new Path(root, "marts/" + name),
            "SELECT 1 AS one",
            tables,
            Mart.MartPipeline.DEFAULT,
            contract(name)));
    return this;
  }

  public Project project() {
    ProjectSettings settings =
        new ProjectSettings(
            "test",
            "warehouse",
            ZoneOffset.UTC,
            Gate.DEFAULT,
            BatchLimits.DEFAULT,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Retry.DEFAULT,
            Streaming.DEFAULT);
    Warehouse warehouse = new Warehouse(new Path(root, "warehouse"));
    return new Project(root, "", warehouse, settings, datasets, marts, Map.of());
  }

  private static Contract contract(String name) {
    return contract(name, List.of());
  }

  private static Contract contract(String name, List<BatchRule> rules) {
    return new Contract(
        name,
        "1.0.0",
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        rules);
  }
}
