package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Source;
import io.assay.job.Ingestion;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.junit.jupiter.api.Test;

class ProjectJobsTest {

  @Test
  void everyKindOfSourceThatLandsSomethingHasOneIngestion() {
    List<Class<?>> kinds =
        Arrays.stream(Source.class.getPermittedSubclasses())
            .filter(kind -> kind != Source.Table.class)
            .toList();
    List<Class<?>> ingested =
        ServiceLoader.load(Ingestion.class).stream()
            .map(Provider::get)
            .<Class<?>>map(Ingestion::source)
            .toList();
    assertThat(ingested).containsExactlyInAnyOrderElementsOf(kinds);
  }
}
