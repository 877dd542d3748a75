/** The tables of operations, made from the ledgers, and the proof of accounts. */
package io.assay.ops;
