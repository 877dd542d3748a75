/** JDBC and ODBC by Spark's Thrift server; on the class path of {@code assay serve} alone. */
package io.assay.thrift;
