/** Which rows of a query may have changed, told from the changes of the tables that it reads. */
package io.assay.gold.incremental;
