/** Marts outside of the warehouse: what changed in one, delivered exactly once. */
package io.assay.gold.publish;
