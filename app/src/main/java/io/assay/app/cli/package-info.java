/** The commands. Only this package prints, and only its main ends the process. */
package io.assay.app.cli;
