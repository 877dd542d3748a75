package io.assay.silver.conform;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.AccumulatorV2;

/**
 * The names of the fields in a column of JSON objects, gathered while the rows are written. Of very
 * many those are kept that come first in their order, and of a long one its beginning: whoever
 * sends a thousand names a row fills no memory, and no order of rows makes a difference. A task
 * that is repeated tells the same names, so what accumulators cannot count they can gather.
 */
public final class FieldNames extends AccumulatorV2<String, List<String>> {
  /** How many names are kept at most. */
  public static final int MOST = 1_000;

  /** How much of a name is kept; no column's name is as long. */
  private static final int LONGEST = 200;

  private static final long serialVersionUID = 1L;

  private final TreeSet<String> names = new TreeSet<>();

  private FieldNames() {}

  /** An empty one, for the rows of one write. */
  public static FieldNames in(SparkSession spark) {
    FieldNames names = new FieldNames();
    // Without a name it is not shown among a stage's numbers: names may be somebody's data.
    spark.sparkContext().register(names);
    return names;
  }

  /** The same column, whose names are gathered as it is computed. */
  public Column gatheredFrom(Column json) {
    FieldNames gathered = this;
    return functions
        .udf((UDF1<String, String>) text -> gathered.noting(text), DataTypes.StringType)
        .apply(json);
  }

  private String noting(String json) {
    add(json);
    return json;
  }

  @Override
  public void add(String json) {
    Map<String, String> fields = json == null ? null : JsonFields.parse(json);
    if (fields != null) {
      fields.keySet().forEach(this::keep);
    }
  }

  private void keep(String name) {
    names.add(name.length() > LONGEST ? beginning(name) : name);
    if (names.size() > MOST) {
      names.pollLast();
    }
  }

  /** No half of a character, which no file could hold. */
  private static String beginning(String name) {
    boolean splits = Character.isHighSurrogate(name.charAt(LONGEST - 2));
    return name.substring(0, splits ? LONGEST - 2 : LONGEST - 1) + "…";
  }

  @Override
  public void merge(AccumulatorV2<String, List<String>> other) {
    other.value().forEach(this::keep);
  }

  /** The names, sorted; after the write. */
  @Override
  public List<String> value() {
    return List.copyOf(names);
  }

  @Override
  public boolean isZero() {
    return names.isEmpty();
  }

  @Override
  public AccumulatorV2<String, List<String>> copy() {
    FieldNames copy = new FieldNames();
    copy.names.addAll(names);
    return copy;
  }

  @Override
  public void reset() {
    names.clear();
  }
}
