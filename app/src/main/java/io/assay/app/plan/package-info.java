/** What would run, in what order, with what input. */
package io.assay.app.plan;
