/** One batch into a history, beside other ways to do it. */
package io.assay.bench.history;
