package io.assay.bronze.jdbc;

import static io.assay.bronze.jdbc.Tables.changes;
import static io.assay.bronze.jdbc.Tables.snapshots;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.error.ExitCode;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of PostgreSQL's values, the odd ones among them. */
class JdbcTypesTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  @TempDir Path folder;

  @Test
  void everyValueComesExactlyAndOneThatCannotIsARowWithAProblem() {
    POSTGRES.create("types");
    POSTGRES.execute(
        "types",
        "CREATE TYPE mood AS ENUM ('glad', 'sad')",
        """
        CREATE TABLE "Odd" (
          id int PRIMARY KEY, big bigint, yes boolean, ratio double precision, exact numeric(10,2),
          any_number numeric, price money, bytes bytea, padded char(3), words text, "a b" text,
          moment timestamptz, local timestamp, day date, clock time, span interval,
          document jsonb, ident uuid, feeling mood, numbers int[], bits bit(3))
        """,
        """
        INSERT INTO "Odd" VALUES
          (1, 9223372036854775807, true, 'NaN', 12.50, 1234567890123456789012345678901234567890.5,
           '$1,234.50', '\\x00ff', 'a', 'é', 'x', '2026-03-29 01:30:00.123456+00',
           '2026-03-29 02:30:00.000001', '2026-03-29', '24:00', '1 mon 2 days', '{"a": 1}',
           'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'glad', '{{1,2},{3,null}}', '101'),
          (2, null, null, null, 'NaN', 'NaN', null, null, null, null, null, 'infinity',
           '-infinity', '0044-03-15 BC', null, null, null, null, null, null, null)
        """,
        "UPDATE \"Odd\" SET big = 7 WHERE false");
    Tables tables = Tables.of(folder, "types", snapshots("public.Odd", "P1D", "id"));
    tables.run();

    assertThat(tables.project.rows("id", "_problem", "_source.key"))
        .containsExactly("[1,null,1]", "[null,column exact: NaN does not fit DECIMAL(10,2),2]");
    assertThat(
            tables.project.rows(
                "concat_ws('|', big, yes, ratio, exact, any_number, price, hex(bytes), padded, words, a_b)",
                "concat_ws('|', moment, local, day, clock, span, document, ident, feeling, numbers, bits)",
                "_raw"))
        .containsExactlyInAnyOrder(
            "[9223372036854775807|true|NaN|12.50|1234567890123456789012345678901234567890.5|1234.50|00FF|a  |é|x,"
                + "2026-03-29 01:30:00.123456+00|2026-03-29 02:30:00.000001|2026-03-29|24:00:00|P1M2D|{\"a\": 1}"
                + "|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|glad|[[1,2],[3,null]]|101,null]",
            "[,,{\"id\":\"2\",\"big\":null,\"yes\":null,\"ratio\":null,\"exact\":\"NaN\",\"any_number\":\"NaN\",\"price\":null,"
                + "\"bytes\":null,\"padded\":null,\"words\":null,\"a_b\":null,\"moment\":\"infinity\",\"local\":\"-infinity\","
                + "\"day\":\"0044-03-15 BC\",\"clock\":null,\"span\":null,\"document\":null,\"ident\":null,\"feeling\":null,"
                + "\"numbers\":null,\"bits\":null}]");
  }

  @Test
  void columnsMayComeGoAndWidenAndOnesThatChangeTheirKindStopTheFeed() {
    POSTGRES.create("drift");
    POSTGRES.execute(
        "drift",
        "CREATE TABLE t (id int, price numeric(5,2), gone text, code text, at timestamp)",
        "INSERT INTO t VALUES (1, 1.25, 'x', 'a', '2026-01-01 00:00:01')");
    Tables tables = Tables.of(folder, "drift", changes("t", "at", "PT1H", "id"));
    tables.run();
    POSTGRES.execute(
        "drift",
        "ALTER TABLE t DROP gone, ADD fresh int DEFAULT 5, ALTER price TYPE numeric(9,3),"
            + " ALTER id TYPE bigint, ALTER code TYPE int USING 7",
        "INSERT INTO t VALUES (2, 99999.125, 8, '2026-01-01 00:00:02', 6),"
            + " (3, 9.5, 9, '2026-01-01 00:00:02', 6)");
    tables.run();
    assertThat(tables.project.changes())
        .containsExactly(
            "fresh appeared - bigint added to the table",
            "gone disappeared string - null in new rows");
    POSTGRES.execute(
        "drift", "ALTER TABLE t ALTER fresh DROP DEFAULT, ALTER fresh TYPE boolean USING true");
    POSTGRES.execute("drift", "INSERT INTO t VALUES (4, 1, 1, '2026-01-01 00:00:03', true)");
    tables.assertFails(ExitCode.FAILURE, "column fresh of shop/t is bool now, and BIGINT in");

    assertThat(
            tables.project.rows(
                "id",
                "price",
                "gone",
                "code",
                "fresh",
                "_problem",
                "get_json_object(_raw, '$.id')"))
        .isEqualTo(
            List.of(
                "[1,1.25,null,7,5,null,null]",
                "[1,1.25,x,a,null,null,null]",
                "[3,9.50,null,9,6,null,null]",
                "[null,null,null,null,null,column price: 99999.125 does not fit DECIMAL(5,2),2]"));
  }
}
