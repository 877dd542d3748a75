package io.assay.bronze.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvDialectTest {

  @Test
  void theDelimiterIsTheOneThatMakesRecordsAlike() {
    assertThat(of("a,b\n1,2\n3,4\n").delimiter()).isEqualTo(",");
    assertThat(of("a;b\n1,5;2,5\n3,1;4,0\n").delimiter()).isEqualTo(";");
    assertThat(of("a\tb\n1, 2\t3\n").delimiter()).isEqualTo("\t");
    assertThat(of("a|b|c\n1|2|3\n").delimiter()).isEqualTo("|");
    assertThat(of("a,b\n\"1;2;3\",\"x\ny;z\"\n").delimiter()).isEqualTo(",");
    assertThat(of("text\nhello, world\nand, so, on\n").columns()).containsExactly("text");
    assertThat(of("text\nhello, world\nand, so, on\n").delimiter()).isEqualTo(";");
    assertThat(of("text\nhello\n").delimiter()).isEqualTo(",");
  }

  @Test
  void aFirstRecordIsAHeaderUnlessItLooksLikeData() {
    assertThat(of("id,name\n1,x\n").header()).isTrue();
    assertThat(of("id,name\n").header()).isTrue();
    assertThat(of("").header()).isTrue();
    assertThat(of(",name\n0,x\n").columns()).containsExactly("column_1", "name");
    assertThat(of("a,a,A\n1,2,3\n").columns()).containsExactly("a", "a_2", "A_3");
    CsvDialect bare = of("1,x\n2,y\n");
    assertThat(bare.header()).isFalse();
    assertThat(bare.columns()).containsExactly("column_1", "column_2");
    assertThat(of("yes,no\nno,no\nyes,no\n").header()).isFalse();
    assertThat(of("2011-01-31,x\n2011-02-28,y\n").header()).isFalse();
  }

  @Test
  void theCharacterSetIsUtf8IfTheBytesAre() {
    assertThat(of("name\nGröße\n").encoding()).isEqualTo("UTF-8");
    assertThat(of("\uFEFFid;name\n1;x\n").columns()).containsExactly("id", "name");
    byte[] western = "name,x\nGröße,1\n".getBytes(Charset.forName("windows-1252"));
    CsvDialect dialect = CsvDialect.of("a.csv", new ByteArrayInputStream(western));
    assertThat(dialect.encoding()).isEqualTo("windows-1252");
    assertThat(dialect.columns()).isEqualTo(List.of("name", "x"));
    byte[] wide = "\uFEFFid,name\n1,x\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(CsvDialect.of("a.csv", new ByteArrayInputStream(wide)).columns())
        .containsExactly("id", "name");
  }

  private static CsvDialect of(String text) {
    return CsvDialect.of("a.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
