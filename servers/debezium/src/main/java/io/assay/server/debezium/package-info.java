/** Debezium's engine as a process: changes of a database into topics, as Kafka Connect does it. */
package io.assay.server.debezium;
