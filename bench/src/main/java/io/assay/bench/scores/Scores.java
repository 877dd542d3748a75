package io.assay.bench.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How well what an example flags meets the truth. */
interface Scores {
  /** As Markdown, for people. */
  String markdown();

  JsonNode json(ObjectMapper mapper);
}
