package io.assay.gold.incremental;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.gold.incremental.Skeleton.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemiOrAnti;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;

/**
 * A join's part of a {@link Skeleton}. A row of a join may have changed if one of the rows that it
 * is made of has: the changed rows of each side meet all rows of the other. Where a side may be
 * missing from a row, each row also stands there without it, since it may have found or lost its
 * partner. A side of which nothing is needed, or nothing that the other's changed rows do not tell,
 * is left out: it can only make rows fewer.
 */
final class Joined {
  private final Skeleton skeleton;

  Joined(Skeleton skeleton) {
    this.skeleton = skeleton;
  }

  Optional<Dataset<Row>> rows(Join join, Set<Long> needed, Extent extent) {
    Parts parts = new Parts(join, needed);
    if (LeftSemiOrAnti.unapply(join.joinType()).isDefined()
        || join.joinType() instanceof ExistenceJoin) {
      return extent == Extent.ALL
          ? skeleton.rows(join.left(), needed, extent)
          : Skeleton.together(
              List.of(
                  skeleton.rows(join.left(), needed, extent),
                  parts.pairs(Extent.ALL, Extent.CHANGED)));
    }
    return extent == Extent.ALL ? parts.all() : parts.changed();
  }

  /** One join, and what is needed of its sides. */
  private final class Parts {
    private final Join join;
    private final Set<Long> needed;
    private final Set<Long> left;
    private final Set<Long> right;
    private final boolean leftMayMiss;
    private final boolean rightMayMiss;
    private final Map<Long, DataType> types = new TreeMap<>();

    Parts(Join join, Set<Long> needed) {
      JoinType type = join.joinType();
      this.join = join;
      this.needed = needed;
      this.left = Tree.common(needed, Tree.ids(Tree.output(join.left())));
      this.right = Tree.common(needed, Tree.ids(Tree.output(join.right())));
      this.leftMayMiss = type == RightOuter$.MODULE$ || type == FullOuter$.MODULE$;
      this.rightMayMiss = type == LeftOuter$.MODULE$ || type == FullOuter$.MODULE$;
      for (Attribute attribute : Tree.output(join)) {
        types.put(Tree.id(attribute), attribute.dataType());
      }
    }

    Optional<Dataset<Row>> changed() {
      List<Optional<Dataset<Row>>> parts = new ArrayList<>();
      if (right.isEmpty()) {
        parts.add(left(Extent.CHANGED));
      } else {
        parts.addAll(paired(Extent.CHANGED, Extent.ALL));
        parts.add(rightMayMiss ? left(Extent.CHANGED).map(this::withoutRight) : Optional.empty());
      }
      if (left.isEmpty()) {
        parts.add(right(Extent.CHANGED));
      } else {
        parts.addAll(paired(Extent.ALL, Extent.CHANGED));
        parts.add(leftMayMiss ? right(Extent.CHANGED).map(this::withoutLeft) : Optional.empty());
      }
      if (leftMayMiss && right.isEmpty()) {
        parts.add(left(Extent.CHANGED).map(this::withoutLeft));
      }
      if (rightMayMiss && left.isEmpty()) {
        parts.add(right(Extent.CHANGED).map(this::withoutRight));
      }
      return Skeleton.together(parts);
    }

    Optional<Dataset<Row>> all() {
      if (right.isEmpty() && !leftMayMiss) {
        return left(Extent.ALL);
      }
      if (left.isEmpty() && !rightMayMiss) {
        return right(Extent.ALL);
      }
      List<Optional<Dataset<Row>>> parts = new ArrayList<>();
      parts.add(pairs(Extent.ALL, Extent.ALL));
      parts.add(rightMayMiss ? left(Extent.ALL).map(this::withoutRight) : Optional.empty());
      parts.add(leftMayMiss ? right(Extent.ALL).map(this::withoutLeft) : Optional.empty());
      return Skeleton.together(parts);
    }

    /** The pairs, and each of their rows without the other where the other may be missing. */
    private List<Optional<Dataset<Row>>> paired(Extent ofLeft, Extent ofRight) {
      Optional<Dataset<Row>> pairs = pairs(ofLeft, ofRight);
      return List.of(
          pairs,
          rightMayMiss && !right.isEmpty() ? pairs.map(this::withoutRight) : Optional.empty(),
          leftMayMiss && !left.isEmpty() ? pairs.map(this::withoutLeft) : Optional.empty());
    }

    /** Rows of both sides that meet, as far as the condition can be computed. */
    Optional<Dataset<Row>> pairs(Extent ofLeft, Extent ofRight) {
      List<Equality> equalities = Equality.of(join);
      Optional<Map<Long, Expression>> told =
          ofRight == Extent.CHANGED
              ? told(left, equalities, join.right())
              : told(right, equalities.stream().map(Equality::swapped).toList(), join.left());
      if (ofLeft != ofRight && told.isPresent()) {
        return ofRight == Extent.CHANGED
            ? alone(join.right(), right, told.get())
            : alone(join.left(), left, told.get());
      }
      return met(ofLeft, ofRight);
    }

    /**
     * By each attribute that is needed of the left side: what equals it, of the right side, in
     * every pair; empty if there is one of which this is not known.
     */
    private Optional<Map<Long, Expression>> told(
        Set<Long> needed, List<Equality> equalities, LogicalPlan right) {
      Map<Long, Expression> told = new TreeMap<>();
      for (Equality equality : equalities) {
        if (equality.left() instanceof Attribute attribute
            && needed.contains(Tree.id(attribute))
            && equality.isIdentity()
            && skeleton.tracks().of(right).containsAll(Tree.references(equality.right()))) {
          told.put(Tree.id(attribute), equality.right());
        }
      }
      return told.keySet().containsAll(needed) ? Optional.of(told) : Optional.empty();
    }

    /**
     * The changed rows of a side that tells all that is needed of the other, which then need not be
     * read: a changed row without a partner is one too many.
     */
    private Optional<Dataset<Row>> alone(
        LogicalPlan side, Set<Long> ofSide, Map<Long, Expression> told) {
      Column[] columns =
          needed.stream()
              .sorted()
              .map(
                  id ->
                      told.containsKey(id)
                          ? Skeleton.column(told.get(id)).as(Skeleton.name(id))
                          : col(Skeleton.name(id)))
              .toArray(Column[]::new);
      return skeleton
          .rows(side, Tree.union(ofSide, Tree.references(told.values())), Extent.CHANGED)
          .map(rows -> rows.select(columns));
    }

    private Optional<Dataset<Row>> met(Extent ofLeft, Extent ofRight) {
      List<Expression> kept =
          Tree.conjuncts(join.condition()).stream()
              .filter(conjunct -> skeleton.tracks().computable(conjunct, join))
              .toList();
      Set<Long> asked = Tree.union(needed, Tree.references(kept));
      Optional<Dataset<Row>> lefts =
          skeleton.rows(
              join.left(), Tree.common(asked, Tree.ids(Tree.output(join.left()))), ofLeft);
      Optional<Dataset<Row>> rights =
          skeleton.rows(
              join.right(), Tree.common(asked, Tree.ids(Tree.output(join.right()))), ofRight);
      if (lefts.isEmpty() || rights.isEmpty()) {
        return Optional.empty();
      }
      Dataset<Row> met =
          kept.isEmpty()
              ? lefts.get().crossJoin(rights.get())
              : lefts.get().join(rights.get(), Skeleton.column(Tree.conjunction(kept)), "inner");
      return Optional.of(met.select(Skeleton.columns(needed)));
    }

    private Optional<Dataset<Row>> left(Extent extent) {
      return skeleton.rows(join.left(), left, extent);
    }

    private Optional<Dataset<Row>> right(Extent extent) {
      return skeleton.rows(join.right(), right, extent);
    }

    private Dataset<Row> withoutRight(Dataset<Row> rows) {
      return without(right, rows);
    }

    private Dataset<Row> withoutLeft(Dataset<Row> rows) {
      return without(left, rows);
    }

    private Dataset<Row> without(Set<Long> missing, Dataset<Row> rows) {
      Column[] columns =
          needed.stream()
              .map(
                  id ->
                      missing.contains(id)
                          ? lit(null).cast(types.get(id)).as(Skeleton.name(id))
                          : col(Skeleton.name(id)))
              .toArray(Column[]::new);
      return rows.select(columns);
    }
  }
}
