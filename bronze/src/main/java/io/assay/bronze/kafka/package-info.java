/** Kafka: topics by their offsets. */
package io.assay.bronze.kafka;
