package io.assay.app.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.gold.MartDifference;
import io.assay.gold.MartProof;
import io.assay.job.Units;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows in which a mart differs from what its query gives, in words and as JSON. */
public final class MartProofText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String UNPUBLISHED =
      "nothing of it is published: a batch is held, was rejected or was cut off (assay status)";

  private MartProofText() {}

  /** A line for each row and column; nothing if there is none. */
  public static void write(MartProof.Result result, PrintStream out) throws IOException {
    if (result.first().isEmpty()) {
      return;
    }
    List<String[]> lines = new ArrayList<>();
    for (MartDifference one : result.first()) {
      String key =
          one.key().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
      lines.add(
          new String[] {
            key, one.column(), String.valueOf(one.expected()), String.valueOf(one.found())
          });
    }
    TextTable.write(List.of("key", "column", "expected", "found"), lines, new boolean[4], out);
  }

  /** What follows the name of a mart that might be rebuilt. */
  public static String line(Optional<MartProof.Result> result) {
    return result
        .map(
            found ->
                found
                    .message()
                    .map(": "::concat)
                    .orElseGet(
                        () -> " is what its query gives: " + Units.count(found.rows(), "row")))
        .orElse(": " + UNPUBLISHED);
  }

  /**
   * What a rebuild of the mart would mend: the stable JSON shape; see the reference of commands.
   */
  public static ObjectNode rebuild(TableName mart, Optional<MartProof.Result> result) {
    Optional<String> unproved =
        result.map(MartProof.Result::unproved).orElse(Optional.of(UNPUBLISHED));
    ObjectNode node = JSON.createObjectNode().put("table", mart.toString());
    node.put("changes", unproved.isPresent() ? null : Boolean.valueOf(!result.get().holds()));
    node.putObject("rows")
        .put("added", result.map(MartProof.Result::missing).orElse(0L))
        .put("removed", result.map(MartProof.Result::surplus).orElse(0L))
        .put("changed", result.map(MartProof.Result::different).orElse(0L));
    node.put("unproved", unproved.orElse(null));
    node.set("differences", result.map(MartProofText::json).orElseGet(JSON::createArrayNode));
    return node;
  }

  /** The stable JSON shape; see the reference of commands. */
  public static ArrayNode json(MartProof.Result result) {
    ArrayNode array = JSON.createArrayNode();
    for (MartDifference one : result.first()) {
      ObjectNode object = array.addObject();
      ObjectNode key = object.putObject("key");
      one.key().forEach(key::put);
      object.put("column", one.column()).put("expected", one.expected()).put("found", one.found());
    }
    return array;
  }
}
