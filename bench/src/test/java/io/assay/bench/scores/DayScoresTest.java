package io.assay.bench.scores;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayScoresTest {
  @Test
  void aDayIsOfAWindowIfAPartOfItIsAndElseIsAnother(@TempDir Path folder) throws IOException {
    Path labels = folder.resolve("labels.json");
    Files.writeString(
        labels,
        """
        {"a series": [
          ["2014-01-02 23:55:00.000000", "2014-01-04 00:05:00.000000"],
          ["2014-02-01 00:00:00.000000", "2014-02-02 00:00:00.000000"]
        ]}
        """);
    SortedMap<LocalDate, SortedSet<String>> spoke = new TreeMap<>();
    spoke.put(LocalDate.of(2014, 1, 1), new TreeSet<>(Set.of("level")));
    spoke.put(LocalDate.of(2014, 1, 2), new TreeSet<>(Set.of("spread", "level")));
    spoke.put(LocalDate.of(2014, 1, 4), new TreeSet<>(Set.of("level")));
    spoke.put(LocalDate.of(2014, 1, 5), new TreeSet<>(Set.of("spread")));

    DayScores scores = new DayScores(Window.read(labels), 40, spoke);

    assertThat(scores.hit()).isEqualTo(1);
    assertThat(scores.others().keySet())
        .isEqualTo(Set.of(LocalDate.of(2014, 1, 1), LocalDate.of(2014, 1, 5)));
    assertThat(scores.markdown())
        .isEqualTo(
            """
            | window | days that rules spoke on |
            | --- | --- |
            | 2014-01-02 23:55 to 2014-01-04 00:05 | 2014-01-02 `level`, `spread`; 2014-01-04 `level` |
            | 2014-02-01 00:00 to 2014-02-02 00:00 |  |
            | none | 2014-01-01 `level`; 2014-01-05 `spread` |

            1 of 2 windows, 2 other days, 40 days judged
            """);
    assertThat(scores.json(new ObjectMapper()).at("/windows/0/days/0/rules"))
        .extracting(rule -> rule.asText())
        .isEqualTo(List.of("level", "spread"));
  }
}
