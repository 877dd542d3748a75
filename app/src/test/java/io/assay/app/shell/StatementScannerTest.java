package io.assay.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.assay.app.shell.StatementScanner.Statements;
import io.assay.sql.SqlSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementScannerTest {

  private static List<String> whole(String text) {
    return StatementScanner.read(text, "").whole().stream().map(Statement::text).toList();
  }

  private static String rest(String text) {
    return StatementScanner.read(text, "").rest().map(Statement::text).orElse(null);
  }

  @Test
  void statementsEndWithASemicolonOutsideOfQuotesAndComments() {
    assertThat(whole("SELECT 1; SELECT 2 ;;\n ; SELECT\n3;"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT\n3");
    assertThat(
            whole(
                "SELECT ';', \";\", `;`, 'it''s;', 'a\\';', r'\\', 1 -- ;\n, 2 /* ; /* ; */ ; */, 3;"))
        .singleElement()
        .asString()
        .endsWith(", 3");
    assertThat(whole("SELECT bar'\\';', 1;")).containsExactly("SELECT bar'\\';', 1");
    assertThat(whole("-- one;\n/* two; */ ;")).isEmpty();
  }

  @Test
  void whatIsNotEndedIsTheRest() {
    assertThat(rest("SELECT 1; SELECT")).isEqualTo("SELECT");
    for (String open :
        List.of("SELECT '; ", "SELECT \"a;", "SELECT `a;", "SELECT 1 /* ;", "/* ;")) {
      assertThat(rest(open)).isEqualTo(open.strip());
      assertThat(whole(open)).isEmpty();
    }
    assertThat(rest("SELECT 1; -- and no more")).isNull();
    assertThat(rest(" \n")).isNull();
    assertThat(StatementScanner.read("SELECT 1; SELECT 2", "").all()).hasSize(2);
  }

  @Test
  void commandsOfTheShellStandOnALineOfTheirOwn() {
    Statements read =
        StatementScanner.read("help\n\\format csv\r\nSELECT 1;\n exit;\nSELECT\n\\d;", "");
    assertThat(read.whole())
        .extracting(Statement::text, Statement::command)
        .containsExactly(
            tuple("help", true),
            tuple("\\format csv", true),
            tuple("SELECT 1", false),
            tuple("exit;", true),
            tuple("SELECT\n\\d", false));
    assertThat(rest("helpless")).isEqualTo("helpless");
  }

  @Test
  void aProblemIsToldWithItsPlaceInTheFileAndTheLineThatIsMeant() {
    Statement second =
        StatementScanner.read("SELECT 1; SELECT\n\tx FROM y;", "report.sql").whole().get(1);
    assertThat(second.problem(new SqlSyntaxException(2, 4, "no y")))
        .hasMessage("report.sql:2:4: no y\n  \tx FROM y\n  \t  ^");
    assertThat(second.problem(new SqlSyntaxException(1, 2, "no x")))
        .hasMessage("report.sql:1:12: no x\n  SELECT\n   ^");
    Statement typed = StatementScanner.read("FROM y", "").all().get(0);
    assertThat(typed.problem(new SqlSyntaxException(9, 99, "no y")))
        .hasMessage("line 1, column 99: no y\n  FROM y\n        ^");
  }
}
