/** How long an event takes from its sender to a silver row that anybody can read. */
package io.assay.bench.freshness;
