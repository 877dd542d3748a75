package io.assay.app.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The warehouses' cold stores: two sensors in each, which tell a temperature every ten minutes. */
final class ColdStores {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int SENSORS = 2;

  private final RandomGenerator random;

  ColdStores(RandomGenerator random) {
    this.random = random;
  }

  /** A day's readings, by time. Around noon, when the doors stand open, it is warmer. */
  List<SensorReading> read(LocalDate date) {
    List<SensorReading> readings = new ArrayList<>();
    Instant end = date.plusDays(1).atStartOfDay(OrderBook.ZONE).toInstant();
    Instant at = date.atStartOfDay(OrderBook.ZONE).toInstant();
    for (; at.isBefore(end); at = at.plus(PAUSE)) {
      for (String warehouse : Stock.WAREHOUSES) {
        for (int sensor = 1; sensor <= SENSORS; sensor++) {
          String id = warehouse.substring(0, 2).toUpperCase(Locale.ROOT) + sensor;
          readings.add(new SensorReading(id, warehouse, celsius(at), at));
        }
      }
    }
    return readings;
  }

  private BigDecimal celsius(Instant at) {
    int hour = at.atZone(OrderBook.ZONE).getHour();
    int tenths = 25 + random.nextInt(12) + (hour >= 11 && hour < 14 ? 15 : 0);
    return BigDecimal.valueOf(tenths, 1);
  }
}
