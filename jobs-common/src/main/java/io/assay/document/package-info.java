/**
 * Documents of YAML to records, with the place of every mistake; schemas and reference pages of the
 * same records.
 */
package io.assay.document;
