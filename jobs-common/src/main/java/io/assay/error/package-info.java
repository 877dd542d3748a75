/** Errors for people, and the exit codes that they end a process with. */
package io.assay.error;
