package io.assay.app.profile;

import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Suggestion;
import io.assay.quality.profile.TableProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/** Guesses which column identifies a row. */
final class KeyGuess {
  private static final Pattern NAME =
      Pattern.compile("(.*_)?(id|key|code|number|no|nr|uuid|guid|sku|ref)");

  /** Of one row everything is unique. */
  private static final long ROWS = 2;

  private KeyGuess() {}

  /**
   * The column whose values are all there and all different, and that looks most like a key: by its
   * name, or else the first of all columns if it is a whole number or a text.
   *
   * @return its index; empty if none can be the key, or nothing speaks for it
   */
  static Optional<Integer> of(List<ProposedColumn> columns, TableProfile profile) {
    if (profile.rows() < ROWS) {
      return Optional.empty();
    }
    return IntStream.range(0, columns.size())
        .boxed()
        .filter(i -> possible(columns.get(i), profile.columns().get(i)))
        .filter(i -> i == 0 || NAME.matcher(columns.get(i).name()).matches())
        .min(Comparator.comparing((Integer i) -> !columns.get(i).name().equals("id")));
  }

  private static boolean possible(ProposedColumn column, ColumnProfile profile) {
    boolean plain =
        profile.type() instanceof LongType
            || profile.type() instanceof IntegerType
            || profile.type() instanceof StringType;
    return plain && column.personal().isEmpty() && profile.suggests(Suggestion.Unique.class);
  }
}
