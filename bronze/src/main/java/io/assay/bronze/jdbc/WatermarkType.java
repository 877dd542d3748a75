package io.assay.bronze.jdbc;

/**
 * How a column serves as a watermark.
 *
 * @param sql the type in SQL that its values are compared as
 */
record WatermarkType(String sql, Kind kind) {
  /** What a watermark is. */
  enum Kind {
    /** A time that names a moment. */
    MOMENT,
    /** A time without a zone. */
    LOCAL_TIME,
    DATE,
    NUMBER,
    /** A number, or none at all (NaN), or infinity. */
    NUMERIC
  }

  boolean isTime() {
    return kind != Kind.NUMBER && kind != Kind.NUMERIC;
  }

  /** An expression, or a parameter, as a value of the type. */
  String cast(String expression) {
    return "CAST(" + expression + " AS " + sql + ")";
  }
}
