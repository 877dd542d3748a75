package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.assay.config.Payload;
import io.assay.table.RowColumns;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a source holds beyond what the contract and the expressions take from it. */
final class Unknown {
  private Unknown() {}

  /** Whether a row may have such. */
  static boolean setsAside(SourceView source, StructType shape) {
    return source.payload() == Payload.JSON
        || !source.unknownColumns().isEmpty()
        || List.of(shape.fieldNames()).contains(RowColumns.RESCUED);
  }

  /**
   * JSON of the fields that nothing has asked the view for, and of what bronze set aside already;
   * null where there is none.
   */
  static Column rescued(SourceView source, StructType shape) {
    boolean setAside = List.of(shape.fieldNames()).contains(RowColumns.RESCUED);
    Column before = setAside ? col(RowColumns.RESCUED) : lit(null).cast(DataTypes.StringType);
    if (source.payload() == Payload.JSON) {
      return coalesce(unknownFields(source), before);
    }
    List<Column> unknown = source.unknownColumns().stream().map(SourceView::quoted).toList();
    if (unknown.isEmpty()) {
      return before;
    }
    Column any = unknown.stream().map(Column::isNotNull).reduce(Column::or).orElseThrow();
    Stream<Column> kept =
        setAside ? Stream.concat(unknown.stream(), Stream.of(before)) : unknown.stream();
    return when(any, to_json(struct(kept.toArray(Column[]::new)))).otherwise(before);
  }

  private static Column unknownFields(SourceView source) {
    Object[] known = source.used().toArray();
    Column unknown =
        map_filter(
            col(SourceView.FIELDS),
            (name, value) -> known.length == 0 ? lit(true) : not(name.isin(known)));
    return when(size(unknown).gt(0), to_json(unknown));
  }
}
