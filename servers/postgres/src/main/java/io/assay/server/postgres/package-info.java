/** One server of PostgreSQL, for demonstrations. */
package io.assay.server.postgres;
