package io.assay.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What goes wrong on the way: about two lines in a hundred are added that a rule catches, and a few
 * that are delivered twice. Nothing clean is lost, so the clean events stay the truth. A kind of
 * dirt is a good line, spoilt.
 */
final class Dirt {
  private static final double SHARE = 0.02;
  private static final int SHORTEST = 60;

  private final RandomGenerator random;

  Dirt(RandomGenerator random) {
    this.random = random;
  }

  List<String> customers(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> field(line, 3, "nobody(at)example.com"),
            line -> field(line, 0, ""),
            line -> field(line, 5, "platinum"),
            line -> field(line, 6, "2026-02-30 10:00:00"),
            line -> line + ",surplus",
            line -> line));
  }

  /** Messages of changes; a spoilt copy has the position of the good one. */
  List<String> products(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"price\":\"[^\"]+", "\"price\":\"about 5"),
            line -> line.replaceFirst("\"price\":\"[^\"]+", "\"price\":\"4.999"),
            line -> line.replaceFirst("\"price\":\"[^\"]+", "\"price\":\"-1.00"),
            line -> line));
  }

  /** As of products. */
  List<String> orders(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"status\":\"[a-z]+\"", "\"status\":\"lost\""),
            line -> line.replaceFirst("\"order_id\":\"[^\"]+\"", "\"order_id\":null"),
            line -> line.replaceFirst("\"updated_at\":\"20", "\"updated_at\":\"yesterday 20"),
            line -> line.substring(0, line.length() / 2),
            line -> line));
  }

  /** As of products. */
  List<String> items(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"quantity\":[0-9]+", "\"quantity\":-1"),
            line -> line.replaceFirst("\"unit_price\":\"[^\"]+", "\"unit_price\":\"2.345"),
            line -> line.replaceFirst("\"unit_price\":\"[^\"]+\"", "\"unit_price\":null"),
            line -> line.substring(0, line.lastIndexOf(',')),
            line -> line));
  }

  List<String> stock(List<String> clean) {
    return spoil(clean, List.of(line -> field(line, 2, "-3"), line -> field(line, 2, "many")));
  }

  /** Readings, before they are put into pages. */
  List<String> readings(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"celsius\":[^,]+", "\"celsius\":85.0"),
            line -> line.replaceFirst("\"celsius\":[^,]+", "\"celsius\":\"warm\""),
            line -> line.replaceFirst("\"sensor_id\":\"[^\"]+\"", "\"sensor_id\":null"),
            line -> line));
  }

  /** None comes twice: nothing would tell it from two. */
  List<String> clicks(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"type\":\"[a-z]+\"", "\"type\":\"hover\""),
            line -> line.replaceFirst("\"event_time\":\"20", "\"event_time\":\"about 20"),
            line -> line.substring(0, line.length() / 2)));
  }

  List<String> payments(List<String> clean) {
    return spoil(
        clean,
        List.of(
            line -> line.replaceFirst("\"amount\":\"", "\"amount\":\"-"),
            line -> line.replaceFirst("\"method\":\"[a-z]+\"", "\"method\":\"barter\""),
            line -> "{" + line,
            line -> line));
  }

  /**
   * The clean lines in their order, with spoilt copies of some of them after them: every kind at
   * least once. A short feed stays clean: a bad line or two in it would rightly hold it.
   */
  private List<String> spoil(List<String> clean, List<UnaryOperator<String>> kinds) {
    if (clean.size() < SHORTEST) {
      return clean;
    }
    int count = Math.max(kinds.size(), (int) (SHARE * clean.size()));
    int stride = clean.size() / count;
    List<String> lines = new ArrayList<>(clean);
    for (int spoilt = count - 1; spoilt >= 0; spoilt--) {
      int index = spoilt * stride + random.nextInt(stride);
      lines.add(index + 1, kinds.get(spoilt % kinds.size()).apply(clean.get(index)));
    }
    return lines;
  }

  private static String field(String line, int index, String value) {
    String[] fields = line.split(",", -1);
    fields[index] = value;
    return String.join(",", fields);
  }
}
