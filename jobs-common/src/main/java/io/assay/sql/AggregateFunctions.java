package io.assay.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Spark's functions over many rows. They are listed because Spark's registry takes longer to load
 * than a project to check; a test keeps the list equal to the registry.
 */
final class AggregateFunctions {
  static final Set<String> NAMES =
      Set.of(
          ("any any_value approx_count_distinct approx_percentile array_agg avg bit_and bit_or"
                  + " bit_xor bitmap_construct_agg bitmap_or_agg bool_and bool_or collect_list"
                  + " collect_set corr count count_if count_min_sketch covar_pop covar_samp"
                  + " cume_dist dense_rank every first first_value grouping grouping_id"
                  + " histogram_numeric hll_sketch_agg hll_union_agg kurtosis lag last last_value"
                  + " lead max max_by mean median min min_by mode nth_value ntile percent_rank"
                  + " percentile percentile_approx rank regr_avgx regr_avgy regr_count"
                  + " regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy row_number"
                  + " skewness some std stddev stddev_pop stddev_samp sum try_avg try_sum var_pop"
                  + " var_samp variance")
              .split(" "));

  private AggregateFunctions() {}

  /** Why the expression's own node needs more than one row; empty if it does not. */
  static Optional<String> reason(Expression node) {
    if (!(node instanceof UnresolvedFunction call)) {
      return Optional.empty();
    }
    List<String> parts = Catalyst.list(call.nameParts());
    String name = Catalyst.lower(parts.get(parts.size() - 1));
    return parts.size() == 1 && NAMES.contains(name)
        ? Optional.of(
            name
                + "() is computed over many rows, and would depend on how they are cut into"
                + " batches; that is a mart's work")
        : Optional.empty();
  }
}
