/** From bronze to silver: batches are conformed, judged and published, and tables are made anew. */
package io.assay.silver;
