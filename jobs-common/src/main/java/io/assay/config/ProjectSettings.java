package io.assay.config;

import java.time.ZoneId;
import java.util.Map;

/**
 * {@code assay.yaml}, after overlays.
 *
 * @param project the project's name; part of every transaction's identity
 * @param warehouse the root folder of all tables, as written: absolute, or relative to the
 *     project's folder
 * @param businessZone the zone whose midnight ends a business day
 * @param gate the default gate of datasets
 * @param batch the default limits of a batch
 * @param connections stores and servers, by name
 * @param spark settings for the session
 */
public record ProjectSettings(
    String project,
    String warehouse,
    ZoneId businessZone,
    Gate gate,
    BatchLimits batch,
    Map<String, Connection> connections,
    Map<String, String> spark) {}
