package io.assay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {

  @Test
  void nothingChangesWhatValuesMean() {
    SparkSession shared = TestSpark.session();
    String property = "spark.sql.ansi.enabled";
    System.setProperty(property, "true");
    try {
      SparkSession opened =
          SparkSessions.open("again", Map.of("spark.sql.session.timeZone", "America/New_York"));

      assertThat(opened).isSameAs(shared);
      assertThat(opened.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
      assertThat(opened.conf().get(property)).isEqualTo("false");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void noFolderIsMadeWhereSomebodyIsForTablesThatNobodyMakes() {
    URI folder = URI.create(TestSpark.session().conf().get("spark.sql.warehouse.dir"));
    assertThat(Path.of(folder)).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
  }
}
