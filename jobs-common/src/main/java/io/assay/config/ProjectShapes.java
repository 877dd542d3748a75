package io.assay.config;

import io.assay.document.Codec;
import io.assay.document.Shape;
import io.assay.document.Shapes;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the files of a project may hold. */
final class ProjectShapes {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private static final Shapes SHAPES =
      new Shapes(
          Shapes.Naming.SNAKE_CASE,
          List.of(
              new Codec(
                  ZoneId.class, "a time zone such as Europe/London", ZoneId::of, Object::toString),
              new Codec(
                  Schedule.class,
                  "hourly, daily, weekly, monthly, or five fields of cron such as 15 6 * * mon-fri",
                  Schedule::of,
                  Object::toString),
              new Codec(
                  Start.class,
                  "earliest, latest, or a time such as 2026-01-01T00:00:00Z",
                  Start::of,
                  Object::toString),
              new Codec(
                  HttpIncremental.Overlap.class,
                  "a duration in days or less, such as PT5M, or a whole number",
                  HttpIncremental.Overlap::of,
                  Object::toString),
              new Codec(
                  Overlap.class,
                  "a duration in days or less, such as PT10M, or a whole number",
                  Overlap::of,
                  Object::toString),
              new Codec(
                  TableName.class,
                  "a table's name such as bronze.orders",
                  TableName::of,
                  Object::toString),
              new Codec(
                  Duration.class,
                  "a duration in days or less, such as 10s, 15m, 12h, 90d or PT1H30M",
                  ProjectShapes::duration,
                  Object::toString)));

  /** {@code assay.yaml} and {@code env/*.yaml}. */
  static final Shape SETTINGS = SHAPES.of(ProjectSettings.class);

  /** One of the {@code connections}. */
  static final Shape.OneOf CONNECTION = (Shape.OneOf) SHAPES.of(Connection.class);

  /** {@code datasets/NAME/pipeline.yaml}. */
  static final Shape DATASET = SHAPES.of(DatasetPipeline.class);

  /** {@code marts/NAME/pipeline.yaml}. */
  static final Shape MART = SHAPES.of(Mart.MartPipeline.class);

  private ProjectShapes() {}

  private static Duration duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    Duration duration =
        matcher.matches()
            ? Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)))
            : Duration.parse(text);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("must be positive");
    }
    return duration;
  }
}
