/** Events to versions: a history is a fold of its remembered events. */
package io.assay.silver.history;
