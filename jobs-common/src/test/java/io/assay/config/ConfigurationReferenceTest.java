package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.document.Binder;
import io.assay.document.Problems;
import io.assay.document.Shape;
import io.assay.document.Shape.Field;
import io.assay.document.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root"));
  private static final String ADVICE =
      "out of step with the records: run `bin/assay schema --write` and commit what it wrote";

  @Test
  void theCommittedPageAndSchemasAreThoseOfTheRecords() throws IOException {
    assertThat(ROOT.resolve(ConfigurationReference.PAGE))
        .as(ADVICE)
        .hasContent(ConfigurationReference.page());
    for (Map.Entry<String, String> schema : ConfigurationReference.schemas().entrySet()) {
      assertThat(ROOT.resolve(ConfigurationReference.SCHEMAS).resolve(schema.getKey()))
          .as(ADVICE)
          .hasContent(schema.getValue());
    }
  }

  @Test
  void everyKeyHasAMeaning() {
    for (Shape shape :
        new Shape[] {ProjectShapes.SETTINGS, ProjectShapes.DATASET, ProjectShapes.MART}) {
      assertMeanings("", shape);
    }
  }

  private static void assertMeanings(String path, Shape shape) {
    if (shape instanceof Shape.Fields fields) {
      for (Field field : fields.fields()) {
        assertThat(field.meaning()).as(path + "." + field.key()).isNotBlank();
        assertMeanings(path + "." + field.key(), field.shape());
      }
    } else if (shape instanceof Shape.MapOf map) {
      assertMeanings(path, map.value());
    } else if (shape instanceof Shape.OneOf oneOf) {
      oneOf
          .kinds()
          .forEach(
              (key, kind) -> {
                assertThat(oneOf.meaning(key)).as(path + "." + key).isNotBlank();
                assertMeanings(path + "." + key, kind);
              });
    }
  }

  @Test
  void theDefaultsThatTheReferenceTellsAreThoseThatHold() throws IOException {
    JsonNode files =
        new ObjectMapper()
            .readTree(ConfigurationReference.schemas().get("dataset.schema.json"))
            .at("/properties/source/properties/files/properties");
    Problems problems = new Problems();
    DatasetPipeline pipeline =
        (DatasetPipeline)
            new Binder(problems)
                .bind(
                    ProjectShapes.DATASET,
                    YamlReader.read(
                            "pipeline.yaml", "source: {files: {path: a, format: csv}}", problems)
                        .orElseThrow(),
                    "");

    assertThat(problems.all()).isEmpty();
    Source.Files source = (Source.Files) pipeline.source();
    assertThat(source.csv()).isEqualTo(Source.Csv.DEFAULT);
    assertThat(source.limits()).isEqualTo(Source.Limits.DEFAULT);
    assertThat(source.encoding()).isEqualTo(files.at("/encoding/default").asText());
    assertThat(pipeline.gate()).isEqualTo(Gate.DEFAULT);
    assertThat(pipeline.batch()).isEqualTo(BatchLimits.DEFAULT);
    assertThat(pipeline.history()).isEqualTo(History.NONE);
    assertThat(pipeline.timezone()).hasToString("UTC");
    assertThat(files.at("/limits/properties/record_bytes/default").asText()).isEqualTo("10mb");
  }
}
