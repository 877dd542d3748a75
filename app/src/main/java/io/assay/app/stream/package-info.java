/** Keeps continuous datasets and marts up to date: the jobs of a run, on a trigger, without end. */
package io.assay.app.stream;
