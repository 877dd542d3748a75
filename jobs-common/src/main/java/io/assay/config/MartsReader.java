package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractLoader;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Position;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlProblem;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlReference;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** Reads and checks every folder under {@code marts/}. */
final class MartsReader {
  static final String TOP = "marts";
  static final String QUERY = "mart.sql";
  static final String PIPELINE = "pipeline.yaml";
  static final String PUBLISH = "publish";
  private static final int CLUSTERING_COLUMNS = 4;

  private final Reading reading;
  private final Map<String, Mapping> connections;
  private final Map<String, String> publications = new TreeMap<>();
  private final Map<String, Mapping> pipelines = new TreeMap<>();

  /**
   * @param settings whose connections publications name
   */
  MartsReader(Reading reading, Mapping settings) {
    this.reading = reading;
    this.connections = DatasetsReader.connections(settings);
  }

  /**
   * The marts by name; where something is wrong, what could be read of them.
   *
   * @param imported the tables of other projects, by their names here
   */
  Map<String, Mart> read(
      Map<String, SqlFunction> functions, Map<String, Dataset> datasets, Set<TableName> imported) {
    Map<String, String> folders =
        Folders.below(
            TOP, Set.of(QUERY, PIPELINE, ContractLoader.FILE), reading.files(), reading.problems());
    Set<TableName> known = known(datasets, folders.keySet());
    imported.stream().filter(MartsReader::readable).forEach(known::add);
    Map<String, Mart> marts = new TreeMap<>();
    folders.forEach((name, folder) -> marts.put(name, mart(name, folder, functions, known)));
    new MartCycles(reading.problems(), folders).check(marts);
    WindowsCheck windows = new WindowsCheck(reading.problems(), datasets, marts, imported);
    marts.values().stream()
        .filter(mart -> mart.pipeline() != null && mart.pipeline().windows() != null)
        .filter(mart -> mart.pipeline().windows().isPresent())
        .forEach(mart -> windows.check(mart, pipelines.get(mart.name())));
    return marts;
  }

  private static Set<TableName> known(Map<String, Dataset> datasets, Set<String> marts) {
    Set<TableName> known = new TreeSet<>();
    marts.forEach(name -> known.add(TableName.gold(name)));
    datasets.forEach(
        (name, dataset) -> {
          known.add(TableName.silver(name));
          boolean unknowable = dataset.pipeline() == null || dataset.pipeline().history() == null;
          if (unknowable || dataset.pipeline().history().keep() == History.Keep.SCD2) {
            known.add(TableName.history(name));
          }
        });
    return known;
  }

  private Mart mart(
      String name, String folder, Map<String, SqlFunction> functions, Set<TableName> known) {
    String file = folder + "/" + QUERY;
    String sql = reading.files().text(file).orElse("");
    Set<TableName> inputs = Set.of();
    if (reading.files().text(file).isPresent()) {
      inputs = inputs(file, sql, functions, known);
    } else {
      reading.problems().add(Position.of(file), "", "there is no such file: it holds the query");
    }
    Contract contract = DatasetsReader.contract(reading, name, folder, functions);
    return new Mart(
        name,
        new Path(reading.files().root(), folder),
        sql,
        inputs,
        pipeline(name, folder, contract),
        contract);
  }

  private Set<TableName> inputs(
      String file, String sql, Map<String, SqlFunction> functions, Set<TableName> known) {
    try {
      SqlQuery query = SqlQuery.parse(sql);
      query.problems().forEach(problem -> add(file, problem));
      for (SqlReference reference : query.references()) {
        reference
            .table()
            .filter(table -> !known.contains(table))
            .ifPresent(table -> add(file, stranger(reference, table, known)));
      }
      query.expand(functions);
      return query.tables();
    } catch (SqlSyntaxException e) {
      add(file, e.problem());
      return Set.of();
    }
  }

  private static SqlProblem stranger(
      SqlReference reference, TableName table, Set<TableName> known) {
    List<String> names = known.stream().map(TableName::toString).toList();
    return new SqlProblem(
        reference.line(),
        reference.column(),
        readable(table)
            ? "there is no table " + table + Nearest.hint(table.toString(), names)
            : "a mart reads silver and gold, not " + table);
  }

  private static boolean readable(TableName table) {
    return table.layer() == Layer.SILVER || table.layer() == Layer.GOLD;
  }

  private void add(String file, SqlProblem problem) {
    reading
        .problems()
        .add(new Position(file, problem.line(), problem.column()), "", problem.message());
  }

  private Mart.MartPipeline pipeline(String name, String folder, Contract contract) {
    Optional<Mapping> document = reading.document(folder + "/" + PIPELINE);
    if (document.isEmpty()) {
      return Mart.MartPipeline.DEFAULT;
    }
    pipelines.put(name, document.get());
    Mart.MartPipeline pipeline =
        reading.bind(ProjectShapes.MART, document.get(), Mart.MartPipeline.class);
    if (pipeline != null && pipeline.clusterBy() != null && contract != null) {
      clustering(pipeline.clusterBy(), contract, document.get());
    }
    if (pipeline != null) {
      reading.startedOnce(
          pipeline.schedule(),
          pipeline.continuous(),
          document.get().at("continuous"),
          "continuous");
    }
    if (pipeline != null && pipeline.publish() != null && contract != null) {
      PublicationCheck check = new PublicationCheck(reading, document.get(), contract, connections);
      pipeline.publish().forEach((copy, each) -> check.check(copy, each, folder, publications));
    }
    return pipeline;
  }

  private void clustering(List<String> clusterBy, Contract contract, Mapping document) {
    List<String> columns = contract.columns().stream().map(ContractColumn::name).toList();
    for (int i = 0; i < clusterBy.size(); i++) {
      String column = clusterBy.get(i);
      if (column != null && !columns.contains(column)) {
        reading
            .problems()
            .add(
                document.at("cluster_by", i),
                "cluster_by[" + i + "]",
                "the contract has no column '" + column + "'" + Nearest.hint(column, columns));
      }
    }
    if (clusterBy.size() > CLUSTERING_COLUMNS) {
      reading
          .problems()
          .add(
              document.at("cluster_by"),
              "cluster_by",
              "takes at most " + CLUSTERING_COLUMNS + " columns");
    }
  }
}
