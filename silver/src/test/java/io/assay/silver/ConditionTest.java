package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code where} leaves out, and what it must not. */
class ConditionTest {
  private static final TableName BRONZE = TableName.bronze("sales");

  @TempDir Path folder;

  private static Configurations sales(String dataset) {
    return Configurations.of(dataset).sharing(BRONZE);
  }

  @Test
  void aValueThatCannotBeReadIsNotLeftOutHoweverTheConditionNamesIt() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a", "select * from values ('50'), ('x'), ('1'), (null) as t(Amount)");
    Account told = new Account(4, 0, 0, 1, 0, 0, 0, 1, 2);

    Configurations same = sales("same").column("amount int");
    assertThat(fixture.run(same.where("amount > 10").build()).account()).isEqualTo(told);
    Configurations cased = sales("cased").column("amount int");
    assertThat(fixture.run(cased.where("Amount > 10").build()).account()).isEqualTo(told);
    Configurations renamed = sales("renamed").column("price int from=Amount");
    assertThat(fixture.run(renamed.where("amount > 10").build()).account()).isEqualTo(told);
    Configurations made = sales("made").column("price int").expression("price", "trim(AMOUNT)");
    assertThat(fixture.run(made.where("Amount > 10").build()).account()).isEqualTo(told);

    // The field is there as it came, so this is no matter of what it was read as.
    Configurations chosen = sales("chosen").column("price int from=Amount");
    assertThat(fixture.run(chosen.where("Amount <> 'x'").build()).account())
        .isEqualTo(new Account(4, 0, 0, 2, 0, 0, 0, 0, 2));
  }

  @Test
  void aBatchIsHeldWhenAFieldThatTheConditionNeedsHasAnotherName() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration british =
        Configurations.of("sales").column("id int").where("country = 'UK'").build();
    fixture.land(
        BRONZE, "a", "select * from values (1, 'UK'), (2, 'FR'), (3, null) as t(id, country)");
    assertThat(fixture.run(british).account()).isEqualTo(new Account(3, 0, 0, 1, 0, 0, 0, 0, 2));

    fixture.land(BRONZE, "b", "select * from values (4, 'UK'), (5, 'FR') as t(id, nation)");
    BatchResult held = fixture.run(british);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.notes())
        .anyMatch(
            note ->
                note.startsWith(
                    "where: country = 'UK' is null for all 2 rows that it was asked of, so none of"
                        + " them would be taken; a field that it needs may have another name in"
                        + " bronze.sales now"));
    CleanConfiguration corrected =
        Configurations.of("sales")
            .column("id int")
            .where("coalesce(nation, country) = 'UK'")
            .build();
    assertThat(fixture.run(corrected).account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0, 0, 1));

    CleanConfiguration never = sales("never").column("id int").where("land = 'UK'").build();
    assertThat(fixture.run(never).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.run(never, CleanFixture.accept("where")).account())
        .isEqualTo(new Account(5, 0, 0, 0, 0, 0, 0, 0, 5));
  }

  @Test
  void aBatchOfDocumentsIsHeldToo() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration british =
        Configurations.of("sales").json().column("id int").where("country = 'UK'").build();
    fixture.land(
        BRONZE, "a", "select * from values ('{\"id\":1,\"nation\":\"UK\"}'), ('[') as t(_value)");
    BatchResult held = fixture.run(british);
    assertThat(held.notes()).anyMatch(note -> note.startsWith("where: country = 'UK' is null"));
    assertThat(fixture.run(british, CleanFixture.accept("where")).account())
        .isEqualTo(new Account(2, 0, 0, 0, 0, 0, 0, 1, 1));
  }
}
