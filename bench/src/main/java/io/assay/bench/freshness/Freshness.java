package io.assay.bench.freshness;

import java.util.Arrays;

/**
 * How old events were when they could be read, in seconds.
 *
 * @param rate events a second that were asked for
 * @param sent events a second that were sent
 * @param events how many were measured
 * @param batches silver versions that they came with
 * @param bronze the age at which half of them were in bronze
 * @param median the age at which half of them were readable in silver
 * @param p95 the age at which 95 of 100 were
 * @param most the age at which the last was
 * @param begin the median of the first third of the time
 * @param end the median of the last third; greater where a backlog grows
 * @param turn where the time of a turn went
 */
record Freshness(
    String scenario,
    int rate,
    double sent,
    int events,
    long batches,
    double bronze,
    double median,
    double p95,
    double most,
    double begin,
    double end,
    TurnTimes turn) {

  /**
   * What the times of the events and those of the tables' versions come to.
   *
   * @param first the first event that is measured
   */
  static Freshness of(
      Scenario scenario,
      int rate,
      SentEvents sent,
      int first,
      ReadableEvents bronze,
      ReadableEvents silver,
      TurnTimes turn) {
    double[] landed = bronze.ages(sent, first);
    double[] ages = silver.ages(sent, first);
    int third = ages.length / 3;
    return new Freshness(
        scenario.key(),
        rate,
        sent.rateFrom(first),
        ages.length,
        silver.versions(sent, first),
        percentile(landed, 50),
        percentile(ages, 50),
        percentile(ages, 95),
        percentile(ages, 100),
        percentile(Arrays.copyOf(ages, third), 50),
        percentile(Arrays.copyOfRange(ages, ages.length - third, ages.length), 50),
        turn);
  }

  private static double percentile(double[] ages, int percent) {
    double[] sorted = ages.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
