/** Messages of Debezium to changes, with values as text. */
package io.assay.silver.debezium;
