/** Marts from changes beside marts computed in full. */
package io.assay.bench.gold;
