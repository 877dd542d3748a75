package io.assay.bench.ingest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A kind of source that is measured. */
enum SourceKind {
  KAFKA("Kafka, JSON in 4 partitions", 0.80) {
    @Override
    Feed open(Orders orders, Path folder) throws Exception {
      return KafkaFeed.open(orders, folder);
    }
  },
  CSV("CSV, 8 files", 0.75) {
    @Override
    Feed open(Orders orders, Path folder) throws Exception {
      return new FileFeed(orders);
    }
  },
  JDBC("PostgreSQL, a snapshot", 0.85) {
    @Override
    Feed open(Orders orders, Path folder) throws Exception {
      return DatabaseFeed.open(orders, folder);
    }
  };

  private final String label;
  private final double aim;

  SourceKind(String label, double aim) {
    this.label = label;
    this.aim = aim;
  }

  static SourceKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no source is called %s; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(SourceKind::id)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Makes it, full of orders.
   *
   * @param folder where its server works, if it has one
   */
  abstract Feed open(Orders orders, Path folder) throws Exception;

  /** A name for files and options. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return label;
  }

  /** The least of bare Spark's records a second that is good enough, as a share. */
  double aim() {
    return aim;
  }
}
