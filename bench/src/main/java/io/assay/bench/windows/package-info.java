/**
 * The shop's mart of windows, beside a bare query of Structured Streaming that gives the same rows.
 */
package io.assay.bench.windows;
