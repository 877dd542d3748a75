/** Judges rows by the rules of a contract: one by one, and as a whole. */
package io.assay.quality;
