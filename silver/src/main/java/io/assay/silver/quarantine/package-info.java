/** The rows that a rule keeps out of silver. */
package io.assay.silver.quarantine;
