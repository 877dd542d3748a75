package io.assay.bench.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The scores of the cells that examples/dirty flags. */
record CellScores(List<ScoreTable> tables) implements Scores {
  private static final String RULES = "rules";
  private static final String DISPUTES = "disputed_times";

  CellScores {
    tables = List.copyOf(tables);
  }

  /**
   * Scores what a run flagged.
   *
   * @param data holds the folders beers and flights, each with dirty.csv and clean.csv
   */
  static CellScores of(ExampleRun run, Path data) throws IOException {
    List<ScoreTable> tables = new ArrayList<>();
    for (String dataset : List.of("beers", "flights")) {
      Path files = data.resolve(dataset);
      Truth truth = Truth.of(files.resolve("dirty.csv"), files.resolve("clean.csv"));
      FlaggedCells flagged =
          new FlaggedCells(
              run.catalog(), run.project().datasets().get(dataset), truth.columns().get(0));
      Set<Cell> cells = new HashSet<>(flagged.ofRules());
      tables.add(ScoreTable.of(dataset, RULES, truth, cells));
      if (dataset.equals("flights")) {
        cells.addAll(flagged.ofMart(DISPUTES, "report_id", "event"));
        tables.add(ScoreTable.of(dataset, RULES + " and " + DISPUTES, truth, cells));
      }
    }
    return new CellScores(tables);
  }

  @Override
  public String markdown() {
    return tables.stream().map(ScoreTable::markdown).collect(Collectors.joining("\n"));
  }

  @Override
  public JsonNode json(ObjectMapper mapper) {
    ArrayNode all = mapper.createArrayNode();
    tables.forEach(table -> all.add(table.json(mapper)));
    return all;
  }
}
