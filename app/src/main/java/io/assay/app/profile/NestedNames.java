package io.assay.app.profile;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The names of the fields of a nested type, at any depth. */
final class NestedNames {
  private NestedNames() {}

  /** Of a plain type there are none. */
  static Set<String> of(DataType type) {
    Set<String> names = new TreeSet<>();
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        names.add(field.name());
        names.addAll(of(field.dataType()));
      }
    } else if (type instanceof ArrayType array) {
      names.addAll(of(array.elementType()));
    } else if (type instanceof MapType map) {
      names.addAll(of(map.keyType()));
      names.addAll(of(map.valueType()));
    }
    return names;
  }
}
