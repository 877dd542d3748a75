package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** A notebook with its results. */
record ExecutedNotebook(JsonNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How much of a picture is in colour if it draws anything; axes, words and grid are grey. */
  private static final double DRAWN = 0.004;

  static ExecutedNotebook read(Path file) throws IOException {
    return new ExecutedNotebook(JSON.readTree(file.toFile()));
  }

  /** What the last cell prints, value by value. */
  Map<String, String> figures() throws IOException {
    JsonNode cells = content.path("cells");
    StringBuilder printed = new StringBuilder();
    for (JsonNode output : cells.path(cells.size() - 1).path("outputs")) {
      if (output.path("name").asText().equals("stdout")) {
        output.path("text").forEach(line -> printed.append(line.asText()));
      }
    }
    Map<String, String> figures = new LinkedHashMap<>();
    JSON.readTree(printed.toString())
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), figure.getValue().asText()));
    return figures;
  }

  /** Fails unless there are so many pictures, and each shows something. */
  void assertDrawn(int pictures) throws IOException {
    Map<String, Double> coloured = new TreeMap<>();
    for (JsonNode cell : content.path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        JsonNode picture = output.path("data").path("image/png");
        if (!picture.isMissingNode()) {
          byte[] png = Base64.getMimeDecoder().decode(picture.asText());
          coloured.put(
              cell.path("id").asText(), coloured(ImageIO.read(new ByteArrayInputStream(png))));
        }
      }
    }
    assertThat(coloured)
        .hasSize(pictures)
        .allSatisfy((cell, share) -> assertThat(share).as(cell).isGreaterThan(DRAWN));
  }

  /** The share of pixels that have a colour. */
  private static double coloured(BufferedImage picture) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int pixel = picture.getRGB(x, y);
        int red = pixel >> 16 & 0xff;
        int green = pixel >> 8 & 0xff;
        int blue = pixel & 0xff;
        int most = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        if (most - least > 60) {
          count++;
        }
      }
    }
    return (double) count / picture.getWidth() / picture.getHeight();
  }
}
