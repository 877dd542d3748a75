package io.assay.app.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.gold.MartDifference;
import io.assay.gold.MartProof;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows in which a mart differs from what its query gives, in words and as JSON. */
public final class MartProofText {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /**
   * What a rebuild of the mart would mend: the stable JSON shape; see the reference of commands.
   */
  public static ObjectNode rebuild(TableName mart, MartProof.Result result) {
    ObjectNode node =
        JSON.createObjectNode().put("table", mart.toString()).put("changes", !result.holds());
    node.putObject("rows")
        .put("added", result.missing())
        .put("removed", result.surplus())
        .put("changed", result.different());
    node.put("unproved", result.unproved().orElse(null));
    node.set("differences", json(result));
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
