/** Files to bronze tables: which are new, how they are read, and one append a batch. */
package io.assay.bronze.file;
