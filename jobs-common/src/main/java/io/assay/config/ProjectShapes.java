package io.assay.config;

import io.assay.document.Codec;
import io.assay.document.Shape;
import io.assay.document.Shapes;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** What the files of a project may hold. */
final class ProjectShapes {
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
                  TableName.class,
                  "a table's name such as bronze.orders",
                  TableName::of,
                  Object::toString),
              new Codec(
                  Duration.class,
                  "a duration in days or less, such as P90D or PT12H",
                  ProjectShapes::duration,
                  Object::toString)));

  /** {@code assay.yaml} and {@code env/*.yaml}. */
  static final Shape SETTINGS = SHAPES.of(ProjectSettings.class);

  /** {@code datasets/NAME/pipeline.yaml}. */
  static final Shape DATASET = SHAPES.of(DatasetPipeline.class);

  /** {@code marts/NAME/pipeline.yaml}. */
  static final Shape MART = SHAPES.of(Mart.MartPipeline.class);

  private ProjectShapes() {}

  private static Duration duration(String text) {
    Duration duration = Duration.parse(text);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("must be positive");
    }
    return duration;
  }
}
