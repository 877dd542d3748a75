package io.assay.gold;

import java.util.SortedMap;

/**
 * Where a mart is not what its query gives.
 *
 * @param key the row's key, as texts; null where it has none
 * @param column which differs; empty where the whole row is missing or surplus
 * @param expected what the query gives, as text; null for a null, and for a surplus row
 * @param found what the mart holds, as text; null for a null, and for a missing row
 */
public record MartDifference(
    SortedMap<String, String> key, String column, String expected, String found) {}
