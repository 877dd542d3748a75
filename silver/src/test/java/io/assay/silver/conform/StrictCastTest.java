package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.testing.TestSpark;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;

class StrictCastTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final String VIOLATION = "(violation)";
  private static final String NULL = "(null)";

  /** A text, the type it is cast to (with its format after a bar), and what must come of it. */
  private record Case(String type, String text, String expected) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    add(cases, "int", "7=7", "-7=-7", "+7=7", " 7 =7", "=(null)", "  =(null)", "007=7");
    add(cases, "int", "\t7\r\n=7", " \t=(null)", "7\t7=!", "\u00a07=!");
    add(cases, "int", "2147483647=2147483647", "2147483648=!", "1.0=!", "1.5=!", "1e3=!", "x=!");
    add(cases, "tinyint", "127=127", "128=!", "-128=-128");
    add(cases, "smallint", "32768=!", "32767=32767");
    add(cases, "bigint", "9223372036854775807=9223372036854775807", "9223372036854775808=!");
    add(cases, "decimal(10,2)", "12e-1=1.20", "1e=!", "123456789=!", "+1.2=1.20", "00.10=0.10");
    add(cases, "decimal(10,2)", "1.23=1.23", "1.239=!", "1.230=1.23", "1=1.00", "-0.5=-0.50");
    add(cases, "decimal(10,2)", "12345678.90=12345678.90", "123456789.00=!", ".5=0.50", "5.=5.00");
    add(
        cases,
        "decimal(10,2)",
        "1e2=100.00",
        "1.5E-1=0.15",
        "1e-3=!",
        "1.25e-1=!",
        "1e99999999999=!");
    add(cases, "decimal(10,2)", "1,5=!", ".=!", "-=!", "NaN=!", "0x10=!", "1.2.3=!", "=(null)");
    add(cases, "decimal(10,2)", "1.2300000000000000000000000000000000000000000=1.23");
    add(
        cases,
        "decimal(38,18)",
        "12345678901234567890.123456789012345678=12345678901234567890.123456789012345678");
    add(cases, "decimal(5,0)", "12=12", "12.0=12", "12.5=!");
    add(
        cases,
        "double",
        "1.5=1.5",
        "1e400=!",
        "NaN=NaN",
        "-Infinity=-Infinity",
        "1d=!",
        "0x1p3=!",
        "1=1.0");
    add(cases, "float", "1e39=!", "0.1=0.1");
    add(
        cases,
        "boolean",
        "true=true",
        "FALSE=false",
        "1=true",
        "0=false",
        "yes=true",
        "No=false",
        "t=true",
        "f=false",
        "2=!",
        "on=!");
    add(
        cases,
        "date",
        "2011-01-31=2011-01-31",
        "2011-02-29=!",
        "2011-1-3=!",
        "2011=!",
        "2011-01-31T00:00:00=!",
        "31/01/2011=!");
    add(
        cases,
        "date|d/M/yyyy",
        "31/1/2011=2011-01-31",
        "31/01/2011=2011-01-31",
        "30/2/2011=!",
        "2011-01-31=!",
        "31/1/2011 x=!");
    // London is UTC in winter and an hour ahead in summer; the JVM of this test is in Asia/Kolkata.
    add(
        cases,
        "timestamp",
        "2011-01-31T17:05:09=2011-01-31 17:05:09",
        "2011-07-31 17:05=2011-07-31 16:05:00");
    add(
        cases,
        "timestamp",
        "2011-07-31=2011-07-30 23:00:00",
        "2011-07-31T17:05:09Z=2011-07-31 17:05:09");
    add(
        cases,
        "timestamp",
        "2011-07-31T17:05:09.123456+05:30=2011-07-31 11:35:09.123456",
        "2011-07-31 17:05:09+0530=2011-07-31 11:35:09");
    add(
        cases,
        "timestamp",
        "2011-07-31 17:05:09-07=2011-08-01 00:05:09",
        "2011-07-31 17:05:09 UTC=2011-07-31 17:05:09");
    add(
        cases,
        "timestamp",
        "2011-07-31T17:05:09.1234567=!",
        "2011-07-31T17:05:09.123456000Z=2011-07-31 17:05:09.123456");
    add(
        cases,
        "timestamp",
        "2011-07-31T25:00:00=!",
        "2011-02-30T10:00:00=!",
        "1311111111=!",
        "now=!",
        "17:05=!",
        "=(null)");
    // The hour that the clocks skip, and the one that they repeat.
    add(
        cases,
        "timestamp",
        "2011-03-27T01:30:00=2011-03-27 01:30:00",
        "2011-10-30T01:30:00=2011-10-30 00:30:00");
    add(
        cases,
        "timestamp|M/d/yyyy H:mm",
        "7/31/2011 17:05=2011-07-31 16:05:00",
        "13/1/2011 0:00=!");
    add(
        cases,
        "timestamp|yyyy-MM-dd'Z'HH:mm:ssXXX",
        "2011-07-31Z17:05:09+01:00=2011-07-31 16:05:09");
    add(
        cases,
        "timestamp_ntz",
        "2011-07-31T17:05:09=2011-07-31 17:05:09",
        "2011-07-31T17:05:09Z=!");
    add(cases, "string", "=", " a = a ", "1.10=1.10");
    add(
        cases,
        "struct<a:decimal(10,2),b:array<int>>",
        "{\"a\":1.10,\"b\":[1,2]}={1.10, [1, 2]}",
        "{\"a\":\"x\"}=!",
        "[1]=!",
        "{=!",
        "{}={null, null}");
    add(cases, "array<string>", "[\"a\",\"b\"]=[a, b]", "[]=[]", "{}=!", "a=!", "=(null)");
    add(cases, "map<string,int>", "{\"a\":1}={a -> 1}", "{\"a\":\"x\"}=!");
    return cases;
  }

  private static void add(List<Case> cases, String type, String... texts) {
    for (String text : texts) {
      int sign = text.lastIndexOf('=');
      String expected = text.substring(sign + 1);
      cases.add(
          new Case(type, text.substring(0, sign), expected.equals("!") ? VIOLATION : expected));
    }
  }

  @Test
  void aTextIsItsValueExactlyOrAViolation() {
    List<Case> cases = cases();
    List<String> texts = cases.stream().map(Case::text).distinct().toList();
    List<String> types = cases.stream().map(Case::type).distinct().toList();
    Dataset<Row> rows = TestSpark.compiling().createDataset(texts, Encoders.STRING()).toDF("text");
    Column[] outcomes = types.stream().map(StrictCastTest::outcome).toArray(Column[]::new);
    Map<String, Row> found = new LinkedHashMap<>();
    List<Row> collected = rows.select(outcomes).collectAsList();
    for (int i = 0; i < texts.size(); i++) {
      found.put(texts.get(i), collected.get(i));
    }

    assertThat(cases)
        .allSatisfy(
            one ->
                assertThat(found.get(one.text()).getString(types.indexOf(one.type())))
                    .as(one.toString())
                    .isEqualTo(one.expected()));
  }

  @Test
  void aTypedValueIsWidenedOrNarrowedWithoutLossOrAViolation() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("7 → bigint", "7");
    expected.put("7L → int", "7");
    expected.put("3000000000L → int", VIOLATION);
    expected.put("1.5D → int", VIOLATION);
    expected.put("2.0D → int", "2");
    expected.put("0.1D → decimal(10,2)", "0.10");
    expected.put("1.239D → decimal(10,2)", VIOLATION);
    expected.put("1.239BD → decimal(10,2)", VIOLATION);
    expected.put("1.230BD → decimal(10,2)", "1.23");
    expected.put("9007199254740993L → double", VIOLATION);
    expected.put("2 → boolean", VIOLATION);
    expected.put("1 → boolean", "true");
    expected.put("1.50BD → string", "1.50");
    expected.put("date'2011-07-31' → timestamp", "2011-07-30 23:00:00");
    expected.put("timestamp_ntz'2011-07-31 17:05:00' → timestamp", "2011-07-31 16:05:00");
    expected.put("timestamp'2011-07-30 23:00:00' → date", "2011-07-31");
    expected.put("timestamp'2011-07-31 00:00:00' → date", VIOLATION);
    expected.put("timestamp'2011-07-31 16:05:00' → timestamp_ntz", "2011-07-31 17:05:00");
    expected.put("array(1, 2) → string", "[1,2]");
    expected.put("array(1, 2) → array<bigint>", "[1, 2]");
    expected.put("named_struct('a', 1.10BD) → struct<a:decimal(10,2)>", "{1.10}");
    expected.put("named_struct('a', 'x') → struct<a:int>", VIOLATION);
    expected.put("cast(null as int) → bigint", NULL);
    expected.put("null → int", NULL);

    List<String> names = List.copyOf(expected.keySet());
    Dataset<Row> rows =
        TestSpark.compiling()
            .range(1)
            .selectExpr(names.stream().map(name -> name.split(" → ")[0]).toArray(String[]::new));
    String[] columns = new String[names.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = "c" + i;
    }
    Dataset<Row> named = rows.toDF(columns);
    Column[] outcomes = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      outcomes[i] =
          outcome(
              col(columns[i]),
              named.schema().apply(columns[i]).dataType(),
              column(names.get(i).split(" → ")[1]));
    }
    Row found = named.select(outcomes).first();

    for (int i = 0; i < columns.length; i++) {
      assertThat(found.getString(i)).as(names.get(i)).isEqualTo(expected.get(names.get(i)));
    }
  }

  @Test
  void whatANumberMeansAsATimeMustBeSaid() {
    assertThatThrownBy(() -> outcome(col("x"), DataType.fromDDL("bigint"), column("timestamp")))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("say it with an expression");
  }

  private static Column outcome(String type) {
    return outcome(col("text"), DataType.fromDDL("string"), column(type)).as("c" + type.hashCode());
  }

  private static Column outcome(Column raw, DataType from, ContractColumn column) {
    StrictCast cast = StrictCast.of(raw, from, column, LONDON);
    return when(cast.failed(cast.value()), lit(VIOLATION))
        .otherwise(coalesce(cast.value().cast("string"), lit(NULL)));
  }

  private static ContractColumn column(String typeAndFormat) {
    List<String> parts = Stream.of(typeAndFormat.split("\\|", 2)).toList();
    return new ContractColumn(
        "c",
        Optional.empty(),
        DataType.fromDDL(parts.get(0)),
        false,
        Optional.empty(),
        parts.size() > 1 ? Optional.of(parts.get(1)) : Optional.empty(),
        false,
        Optional.empty());
  }
}
