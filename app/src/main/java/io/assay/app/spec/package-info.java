/** A project's own tests: given rows, the production jobs, expected rows. */
package io.assay.app.spec;
