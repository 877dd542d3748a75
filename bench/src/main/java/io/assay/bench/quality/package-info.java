/** One batch into silver under rules, beside the same write without rules and the textbook way. */
package io.assay.bench.quality;
