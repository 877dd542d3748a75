/** A project as its files describe it, read and checked as a whole. */
package io.assay.config;
