/**
 * What the rows of a table look like, by Deequ's profiler and measures of our own; which rules they
 * suggest.
 */
package io.assay.quality.profile;
