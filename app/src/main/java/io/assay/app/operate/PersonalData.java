package io.assay.app.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.config.Dataset;
import io.assay.contract.ContractColumn;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Masks what a dataset's contract tags as personal, where rows are shown as they came. It masks too
 * much rather than too little: every source column that a personal column is made from, and whole
 * records that are not yet split into columns.
 */
final class PersonalData {
  private static final String MASK = "•••";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final Set<String> columns = new HashSet<>();
  private final Set<String> words = new HashSet<>();

  PersonalData(Dataset dataset) {
    for (ContractColumn column : dataset.contract().columns()) {
      if (column.personal()) {
        columns.add(lower(column.name()));
        words.add(lower(column.name()));
        column.physicalName().ifPresent(name -> words.add(lower(name)));
        String expression = dataset.pipeline().columns().getOrDefault(column.name(), "");
        WORD.matcher(expression).results().forEach(word -> words.add(lower(word.group())));
      }
    }
    if (!columns.isEmpty()) {
      words.addAll(List.of(RowColumns.VALUE, RowColumns.RAW, RowColumns.RESCUED));
    }
  }

  /** A reason's message; it may quote the value of its column. */
  String message(String column, String message) {
    boolean personal = column == null ? !columns.isEmpty() : columns.contains(lower(column));
    return personal ? MASK : message;
  }

  /** A column's value; nothing is masked that is null. */
  Object value(String column, Object value) {
    return value != null && columns.contains(lower(column)) ? MASK : value;
  }

  /** The raw form of a row. */
  String raw(String json) {
    if (json == null || columns.isEmpty()) {
      return json;
    }
    try {
      JsonNode node = JSON.readTree(json);
      if (node instanceof ObjectNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        names.stream()
            .filter(name -> words.contains(lower(name)))
            .filter(name -> !row.get(name).isNull())
            .forEach(name -> row.put(name, MASK));
        return row.toString();
      }
      return MASK;
    } catch (JsonProcessingException e) {
      return MASK;
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
