package io.assay.bench.scores;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.app.plan.Plan;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.bench.BenchSession;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores the cells that the rules of a project flag in dirty files against clean ones. */
@Command(
    name = "bench/scores",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Scores the cells that the rules of examples/dirty flag against the truth.")
final class ScoreBench implements Callable<Integer> {
  private static final String RULES = "rules";
  private static final String DISPUTES = "disputed_times";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Holds the folders beers and flights, each with dirty.csv and clean.csv.")
  private Path data;

  @Option(names = "--project", required = true, hidden = true)
  private Path projectFolder;

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "Where tables are made; they are made anew each time.")
  private Path folder;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ScoreBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<ScoreTable> tables;
    try (SparkSession spark = BenchSession.open(folder.resolve("spark"), Map.of())) {
      Project project = project();
      run(spark, project);
      tables = score(spark, project);
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println(
        json
            ? json(tables)
            : tables.stream().map(ScoreTable::markdown).collect(Collectors.joining("\n")));
    return 0;
  }

  private Project project() throws IOException {
    Path warehouse = folder.resolve("warehouse").toAbsolutePath();
    if (Files.exists(warehouse) && !FileUtil.fullyDelete(warehouse.toFile())) {
      throw new IOException("cannot remove " + warehouse + ", which an earlier run left");
    }
    return ProjectLoader.load(
        ProjectLocation.of(projectFolder.toString()),
        "",
        List.of("warehouse=" + warehouse),
        Map.of("DIRTY_DATA", data.toAbsolutePath().toString()));
  }

  private static void run(SparkSession spark, Project project) {
    Plan plan = new Planner(project, spark.sessionState().newHadoopConf()).plan(List.of());
    Clock clock = Clock.systemUTC();
    JobContext context =
        new JobContext(spark, project, clock, RunId.next(clock), CommitSeam.DIRECT, Decision.NONE);
    List<JobReport> reports =
        new PlanRun(plan, table -> ProjectJobs.job(project, table), context, new Progress())
            .execute(2);
    for (JobReport report : reports) {
      if (report.exitCode() != ExitCode.OK) {
        throw new IllegalStateException(report.text());
      }
    }
  }

  private List<ScoreTable> score(SparkSession spark, Project project) throws IOException {
    TableCatalog catalog = new TableCatalog(spark, project.warehouse());
    List<ScoreTable> scores = new ArrayList<>();
    for (String dataset : List.of("beers", "flights")) {
      Truth truth =
          Truth.of(
              data.resolve(dataset).resolve("dirty.csv"),
              data.resolve(dataset).resolve("clean.csv"));
      FlaggedCells flagged =
          new FlaggedCells(catalog, project.datasets().get(dataset), truth.columns().get(0));
      Set<Cell> cells = new HashSet<>(flagged.ofRules());
      scores.add(ScoreTable.of(dataset, RULES, truth, cells));
      if (dataset.equals("flights")) {
        cells.addAll(flagged.ofMart(DISPUTES, "report_id", "event"));
        scores.add(ScoreTable.of(dataset, RULES + " and " + DISPUTES, truth, cells));
      }
    }
    return scores;
  }

  private static String json(List<ScoreTable> tables) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode all = mapper.createArrayNode();
    tables.forEach(table -> all.add(table.json(mapper)));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  /** Tells people how the run goes on; standard out is for the answer. */
  private static final class Progress implements RunListener {
    @Override
    public void started(TableName table) {}

    @Override
    public void finished(JobReport report) {
      System.err.println(report.text());
    }
  }
}
