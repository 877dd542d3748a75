package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeFitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | int | WHOLE",
        "int | bigint | WHOLE",
        "bigint | int | CHECKED",
        "bigint | decimal(19,0) | WHOLE",
        "bigint | decimal(18,0) | CHECKED",
        "int | decimal(12,2) | WHOLE",
        "int | decimal(11,2) | CHECKED",
        "int | double | WHOLE",
        "bigint | double | NONE",
        "decimal(12,2) | decimal(12,2) | WHOLE",
        "decimal(12,2) | decimal(14,4) | WHOLE",
        "decimal(22,2) | decimal(12,2) | CHECKED",
        "decimal(12,2) | decimal(12,4) | CHECKED",
        "decimal(12,4) | decimal(38,2) | NONE",
        "decimal(20,0) | bigint | CHECKED",
        "decimal(12,2) | bigint | NONE",
        "decimal(12,2) | double | NONE",
        "double | decimal(12,2) | NONE",
        "double | float | NONE",
        "float | double | WHOLE",
        "string | date | NONE",
        "date | string | NONE",
        "date | timestamp | NONE",
        "void | date | WHOLE",
        "array<int> | array<int> | WHOLE",
        "array<int> | array<bigint> | NONE",
        "struct<a:int not null> | struct<a:int> | WHOLE"
      })
  void numbersWidenAndNothingElseChanges(String from, String to, TypeFit fit) {
    assertThat(TypeFit.of(DataType.fromDDL(from), DataType.fromDDL(to))).isEqualTo(fit);
  }
}
