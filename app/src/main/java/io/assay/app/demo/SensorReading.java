package io.assay.app.demo;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How warm it was in a cold store.
 *
 * @param celsius one decimal
 */
record SensorReading(String sensorId, String warehouse, BigDecimal celsius, Instant readAt) {}
