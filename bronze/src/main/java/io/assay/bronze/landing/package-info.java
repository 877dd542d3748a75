/** What every kind of source shares: the shape of a bronze row, and its way into the table. */
package io.assay.bronze.landing;
