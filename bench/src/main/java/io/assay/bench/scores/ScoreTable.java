package io.assay.bench.scores;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scores of one file.
 *
 * @param file what was scored
 * @param flaggedBy what flagged its cells
 * @param columns those with a cell that is wrong or flagged, in the file's order
 * @param total of all its cells
 */
record ScoreTable(String file, String flaggedBy, Map<String, Score> columns, Score total) {

  /**
   * Scores flagged cells.
   *
   * @throws IllegalStateException if one of them is not in the file
   */
  static ScoreTable of(String file, String flaggedBy, Truth truth, Set<Cell> flagged) {
    for (Cell cell : flagged) {
      if (!truth.columns().contains(cell.column()) || !truth.records().contains(cell.record())) {
        throw new IllegalStateException(cell + " was flagged, and " + file + " has no such cell");
      }
    }
    Map<String, Score> columns = new LinkedHashMap<>();
    for (String column : truth.columns()) {
      Score score = Score.of(in(column, truth.wrong()), in(column, flagged));
      if (score.wrong() + score.flagged() > 0) {
        columns.put(column, score);
      }
    }
    return new ScoreTable(file, flaggedBy, columns, Score.of(truth.wrong(), flagged));
  }

  private static Set<Cell> in(String column, Set<Cell> cells) {
    return cells.stream().filter(cell -> cell.column().equals(column)).collect(Collectors.toSet());
  }

  String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| ").append(file).append(", flagged by ").append(flaggedBy);
    table.append(" | wrong | flagged | both | precision | recall | F1 |\n");
    table.append("| --- |").append(" ---: |".repeat(6)).append('\n');
    columns.forEach((column, score) -> table.append(line("`" + column + "`", score)));
    return table.append(line("all", total)).toString();
  }

  private static String line(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %s | %s | %s |\n",
        name,
        score.wrong(),
        score.flagged(),
        score.found(),
        shown(score.precision()),
        shown(score.recall()),
        shown(score.f1()));
  }

  private static String shown(OptionalDouble share) {
    return share.isPresent() ? String.format(Locale.ROOT, "%.3f", share.getAsDouble()) : "";
  }

  ObjectNode json(ObjectMapper mapper) {
    ObjectNode table = mapper.createObjectNode().put("file", file).put("flagged_by", flaggedBy);
    ArrayNode lines = table.putArray("columns");
    columns.forEach((column, score) -> fill(lines.addObject().put("column", column), score));
    fill(table.putObject("total"), total);
    return table;
  }

  private static void fill(ObjectNode node, Score score) {
    node.put("wrong", score.wrong()).put("flagged", score.flagged()).put("both", score.found());
    put(node, "precision", score.precision());
    put(node, "recall", score.recall());
    put(node, "f1", score.f1());
  }

  private static void put(ObjectNode node, String key, OptionalDouble share) {
    if (share.isPresent()) {
      node.put(key, share.getAsDouble());
    } else {
      node.putNull(key);
    }
  }
}
