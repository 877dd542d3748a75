package io.assay.bronze.kafka;

/**
 * A topic's partition as the cluster has it.
 *
 * @param topicId tells the topic from a later one of its name; empty where the cluster is too old
 *     to have any
 * @param beginning the offset of the first message that is still there
 * @param end the offset behind the last message of a finished transaction
 */
record Partition(String topic, int number, String topicId, long beginning, long end) {

  /** Its name, such as {@code payments-0}. */
  String origin() {
    return topic + "-" + number;
  }

  /** The topic in a partition's name. */
  static String topicOf(String origin) {
    return origin.substring(0, origin.lastIndexOf('-'));
  }

  /** The number in a partition's name. */
  static int numberOf(String origin) {
    return Integer.parseInt(origin.substring(origin.lastIndexOf('-') + 1));
  }

  /** Whether it is of a later topic than the one that had this identity. */
  boolean replaces(String identity) {
    return !identity.isEmpty() && !topicId.isEmpty() && !identity.equals(topicId);
  }

  /** Whether it holds the offset, or it is its end. */
  boolean reaches(long offset) {
    return beginning <= offset && offset <= end;
  }
}
