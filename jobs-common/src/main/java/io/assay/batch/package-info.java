/** How a batch of any layer is carried out exactly once: its intent, lease, steps and ledger. */
package io.assay.batch;
