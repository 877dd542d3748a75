/** What every benchmark shares. */
package io.assay.bench;
