package io.assay.app.shell;

import java.util.Arrays;
import java.util.List;

/** The words that statements are written with. */
final class SqlWords {
  /** Of those that Spark reads, the ones that may be asked with. */
  static final List<String> KEYWORDS =
      Arrays.asList(
          """
          ALL AND ANTI ANY AS ASC BETWEEN BY CASE CAST CLUSTER COLUMNS CROSS CUBE CURRENT DATE DATABASES
          DESC DESCRIBE DISTINCT ELSE END ESCAPE EXCEPT EXISTS EXPLAIN EXTENDED EXTRACT FALSE FILTER FIRST
          FOLLOWING FORMATTED FROM FULL FUNCTIONS GROUP GROUPING HAVING ILIKE IN INNER INTERSECT INTERVAL IS
          JOIN LAST LATERAL LEFT LIKE LIMIT MINUS NATURAL NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER
          PARTITION PIVOT PRECEDING RANGE RIGHT RLIKE ROLLUP ROW ROWS SCHEMAS SELECT SEMI SETS SHOW
          TABLE TABLES TABLESAMPLE THEN TIMESTAMP TRUE UNBOUNDED UNION UNPIVOT USE USING VALUES VIEW WHEN
          WHERE WINDOW WITH
          """
              .split("\\s+"));

  private SqlWords() {}

  /** Whether a character is part of a name that may have several parts. */
  static boolean inWord(char character) {
    return Character.isLetterOrDigit(character) || "_.\\".indexOf(character) >= 0;
  }
}
