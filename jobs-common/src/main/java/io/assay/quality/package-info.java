/** Rules on whole batches, measured by Deequ. All that knows Deequ is here. */
package io.assay.quality;
