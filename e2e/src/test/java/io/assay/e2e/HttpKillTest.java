package io.assay.e2e;

import static io.assay.e2e.KilledReadings.RECORDS;

import com.github.tomakehurst.wiremock.global.GlobalSettings;
import io.assay.testing.JsonApi;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and streams killed again and again while they read an API, and while they clean. */
@Tag("deep")
class HttpKillTest {
  private static final int PAGE = 500;

  @TempDir private Path temporary;

  @Test
  void afterTenKillsEachPageIsThereExactlyOnce() throws Exception {
    try (JsonApi api = JsonApi.start()) {
      api.server().updateGlobalSettings(GlobalSettings.builder().fixedDelay(10).build());
      api.add(
          "readings",
          IntStream.range(0, RECORDS)
              .mapToObj("{\"id\":%1$d,\"text\":\"reading %1$d\",\"at\":\"%1$09d\"}"::formatted)
              .toList());
      new KilledReadings(
              temporary.resolve("project"),
              "connections: {sensors: {http: {url: \"%s\"}}}\n".formatted(api.url()),
              """
              source:
                http:
                  connection: sensors
                  path: readings
                  parameters: {limit: %d}
                  paging: {cursor: {parameter: after, at: next}}
                  records: data
                  incremental: {parameter: since, greatest: at}
              explode: data
              """
                  .formatted(PAGE))
          .areThereOnceAfterTenKills(RECORDS / PAGE);
    }
  }
}
