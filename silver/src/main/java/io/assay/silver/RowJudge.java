package io.assay.silver;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;

import io.assay.config.History;
import io.assay.contract.ContractColumn;
import io.assay.contract.OnFailure;
import io.assay.contract.OwnRules;
import io.assay.contract.RowRule;
import io.assay.quality.Violations;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.ConformColumns;
import io.assay.sql.ColumnReferences;
import io.assay.table.EventColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Judges conformed rows one by one, as columns of the pass that stages them.
 *
 * <ul>
 *   <li>{@code unreadable}: bronze could not read the record; nothing else is said of such a row
 *   <li>{@code element}: an element of an array is no row; nothing else is said of it either
 *   <li>{@code COLUMN_type}: the value does not fit the column's type; then no other rule that
 *       looks at the column is asked
 *   <li>{@code COLUMN_key}: a null in the sequence of a history, or in the key, which a truncate
 *       does not have
 *   <li>{@code COLUMN_required}, and the contract's own rules; asked of upserts only, since others
 *       need not have more than their key
 * </ul>
 */
final class RowJudge {
  /** The rule of rows that bronze could not read. */
  static final String UNREADABLE = OwnRules.UNREADABLE;

  private static final String UNPLACED = "is null, and part of the key or of the order of events";
  private static final int SHOWN_CHARACTERS = 80;

  private final CleanConfiguration configuration;
  private final Map<String, Column> violations = new LinkedHashMap<>();
  private final Map<String, Column> warnings = new LinkedHashMap<>();

  RowJudge(CleanConfiguration configuration) {
    this.configuration = configuration;
    Column readable = col(ConformColumns.PROBLEM).isNull();
    Column stated = readable.and(col(EventColumns.OPERATION).equalTo(EventColumns.UPSERT));
    Column faulty = col(ConformColumns.FAULTY);
    add(UNREADABLE, Optional.empty(), not(readable).and(not(faulty)), col(ConformColumns.PROBLEM));
    if (configuration.explode().isPresent()) {
      add(
          OwnRules.ELEMENT,
          Optional.empty(),
          not(readable).and(faulty),
          col(ConformColumns.PROBLEM));
    }
    for (ContractColumn column : configuration.contract().columns()) {
      addType(column, readable);
    }
    for (ContractColumn column : configuration.contract().columns()) {
      addPresence(column, readable, stated);
    }
    if (configuration.keepsHistory()) {
      addOutside(readable);
    }
    for (RowRule rule : configuration.contract().rowRules()) {
      addRule(rule, stated);
    }
  }

  /** Every rule that sends a row to quarantine, by name. */
  Set<String> rules() {
    return violations.keySet();
  }

  /** Whether a row breaks a rule that only warns, by the rule's name; never null. */
  Map<String, Column> warnings() {
    return Map.copyOf(warnings);
  }

  /** All rules that a row breaks, as {@link Violations#VIOLATION}s; empty for a good row. */
  Column violations() {
    return Violations.all(List.copyOf(violations.values()));
  }

  private void add(String rule, Optional<String> column, Column broken, Column message) {
    // That a required column has a value is a rule of the contract, too: then both are asked.
    violations.merge(
        rule, Violations.violation(broken, rule, column, message), functions::coalesce);
  }

  private void addType(ContractColumn column, Column readable) {
    Column message = lit("is no " + column.type().sql().toLowerCase(java.util.Locale.ROOT));
    if (!column.personal()) {
      Column text = col(ConformColumns.raw(column)).cast(DataTypes.StringType);
      message = concat(lit("'"), substring(text, 1, SHOWN_CHARACTERS), lit("' "), message);
    }
    Column broken = readable.and(col(ConformColumns.failed(column)));
    add(OwnRules.type(column.name()), Optional.of(column.name()), broken, message);
  }

  private void addPresence(ContractColumn column, Column readable, Column stated) {
    Column absent =
        col(column.name())
            .isNull()
            .and(not(col(ConformColumns.failed(column))))
            .and(not(unchanged(column)));
    Optional<String> about = Optional.of(column.name());
    Column truncates = col(EventColumns.OPERATION).equalTo(EventColumns.TRUNCATE);
    if (times(column)) {
      add(OwnRules.key(column.name()), about, readable.and(absent), lit(UNPLACED));
    } else if (column.keyPosition().isPresent()) {
      add(
          OwnRules.key(column.name()),
          about,
          readable.and(not(truncates)).and(absent),
          lit(UNPLACED));
    } else if (column.required()) {
      add(column.name() + "_required", about, stated.and(absent), lit("is required"));
    }
  }

  /** What orders or times an event and is no column of the contract is needed no less. */
  private void addOutside(Column readable) {
    History history = configuration.history();
    for (String name : history.sequence()) {
      if (!isColumn(name)) {
        String field = EventColumns.sequenceField(name);
        addOutside(field, readable, col(EventColumns.SEQUENCE).getField(field));
      }
    }
    history
        .validTime()
        .filter(name -> !history.sequence().contains(name) && !isColumn(name))
        .ifPresent(
            name ->
                addOutside(
                    EventColumns.sequenceField(name), readable, col(EventColumns.VALID_TIME)));
  }

  private void addOutside(String name, Column readable, Column value) {
    add(
        OwnRules.key(name),
        Optional.empty(),
        readable.and(value.isNull()),
        lit("the record does not tell what orders or times it"));
  }

  private boolean isColumn(String name) {
    return configuration.contract().columns().stream()
        .anyMatch(column -> column.name().equals(name));
  }

  /** Whether an event without the column has no place among the events. */
  private boolean times(ContractColumn column) {
    return configuration.keepsHistory()
        && (configuration.history().sequence().contains(column.name())
            || configuration.history().validTime().equals(Optional.of(column.name())));
  }

  private void addRule(RowRule rule, Column stated) {
    Column broken = stated.and(Violations.broken(rule)).and(not(looksAtUnfit(rule)));
    if (rule.onFailure() == OnFailure.WARN) {
      warnings.put(rule.name(), broken);
    } else {
      add(rule.name(), rule.column(), broken, lit(Violations.message(rule)));
    }
  }

  private Column looksAtUnfit(RowRule rule) {
    Set<String> names = new LinkedHashSet<>();
    rule.column().ifPresent(names::add);
    ColumnReferences.of(rule.condition())
        .forEach(parts -> names.add(parts.get(0).toLowerCase(java.util.Locale.ROOT)));
    List<Column> unfit = new ArrayList<>();
    for (ContractColumn column : configuration.contract().columns()) {
      if (names.contains(column.name())) {
        unfit.add(col(ConformColumns.failed(column)).or(unchanged(column)));
      }
    }
    return unfit.stream().reduce(Column::or).orElse(lit(false));
  }

  /** Whether the event does not tell the column's value, so that nothing can be said of it. */
  private static Column unchanged(ContractColumn column) {
    return array_contains(col(EventColumns.UNCHANGED), column.name());
  }
}
