package io.assay.bronze.record;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One record of a text file.
 *
 * @param ordinal its number in the file, from 1; a header and blank lines are not counted
 * @param values one for each of the reader's columns; null where the file had nothing, all null in
 *     a problem record
 * @param problem why it could not be read as declared; null for a good record
 * @param raw what was read, where there is a problem, or a reference to it; else null
 */
public record FileRecord(long ordinal, List<String> values, String problem, String raw) {

  static FileRecord good(long ordinal, String... values) {
    return new FileRecord(ordinal, Arrays.asList(values), null, null);
  }

  static FileRecord bad(long ordinal, int columns, String problem, String raw) {
    return new FileRecord(ordinal, Collections.nCopies(columns, null), problem, raw);
  }
}
