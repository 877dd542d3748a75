/** Silver to marts: a query over pinned inputs, judged, and published in one commit. */
package io.assay.gold;
