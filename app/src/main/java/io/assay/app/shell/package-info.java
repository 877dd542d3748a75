/** A shell in which analysts ask a project's tables. */
package io.assay.app.shell;
