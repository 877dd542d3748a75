package io.assay.app.spec;

import io.assay.app.spec.SpecCase.ExpectedRows;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is expected of a table and not there, and what is there and not expected, as a small table.
 * Rows of one key stand together, with the cells that differ in brackets.
 */
final class RowDifference {
  private static final int MOST_LINES = 40;

  private final List<String> columns;
  private final List<Integer> key;

  RowDifference(List<String> columns, List<String> key) {
    this.columns = columns;
    this.key = columns.containsAll(key) ? key.stream().map(columns::indexOf).toList() : List.of();
  }

  /** The difference; empty if the rows are the same, in any order. */
  Optional<String> of(TableName table, ExpectedRows expected, List<List<String>> found) {
    List<List<String>> missing = new ArrayList<>(expected.rows());
    List<List<String>> unexpected = new ArrayList<>();
    for (List<String> row : found) {
      if (!missing.remove(row)) {
        unexpected.add(row);
      }
    }
    if (missing.isEmpty() && unexpected.isEmpty()) {
      return Optional.empty();
    }
    String title =
        "%s: %s expected (-), %s found instead (+)"
            .formatted(table, rows(missing.size()), rows(unexpected.size()));
    return Optional.of(title + System.lineSeparator() + table(lines(missing, unexpected)));
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private List<List<String>> lines(List<List<String>> missing, List<List<String>> unexpected) {
    List<List<String>> lines = new ArrayList<>();
    List<List<String>> left = new ArrayList<>(unexpected);
    for (List<String> row : missing) {
      Optional<List<String>> partner =
          left.stream().filter(other -> sameKey(row, other)).findFirst();
      lines.add(line("-", row, partner.orElse(row)));
      partner.ifPresent(
          other -> {
            lines.add(line("+", other, row));
            left.remove(other);
          });
    }
    left.forEach(row -> lines.add(line("+", row, row)));
    return lines;
  }

  private boolean sameKey(List<String> row, List<String> other) {
    return !key.isEmpty() && key.stream().allMatch(i -> row.get(i).equals(other.get(i)));
  }

  private List<String> line(String sign, List<String> row, List<String> other) {
    List<String> line = new ArrayList<>();
    line.add(sign);
    for (int i = 0; i < columns.size(); i++) {
      line.add(row.get(i).equals(other.get(i)) ? row.get(i) : "[" + row.get(i) + "]");
    }
    return line;
  }

  private String table(List<List<String>> lines) {
    List<String> header = new ArrayList<>(List.of(" "));
    header.addAll(columns);
    List<List<String>> shown = new ArrayList<>(List.of(header));
    shown.addAll(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
    int[] widths =
        IntStream.range(0, header.size())
            .map(i -> shown.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : shown) {
      StringBuilder cells = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        cells.append(' ').append(line.get(i));
        cells.append(" ".repeat(widths[i] - line.get(i).length() + 1));
      }
      text.append(cells.toString().stripTrailing()).append(System.lineSeparator());
    }
    if (lines.size() > MOST_LINES) {
      text.append("  and ").append(lines.size() - MOST_LINES).append(" more");
    }
    return text.toString().stripTrailing();
  }
}
