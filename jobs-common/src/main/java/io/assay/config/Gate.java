package io.assay.config;

/**
 * When a batch is held although no batch rule failed.
 *
 * @param quarantined the greatest share of a batch's events that may be quarantined, in percent, 0
 *     to 100; default 10
 */
public record Gate(double quarantined) {
  public static final Gate DEFAULT = new Gate(10);
}
