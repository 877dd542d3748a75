/** One broker of Kafka, for tests, benchmarks and demonstrations. */
package io.assay.server.kafka;
