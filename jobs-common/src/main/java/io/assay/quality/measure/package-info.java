/** What can be measured of rows, through Deequ; no text of a contract reaches its SQL. */
package io.assay.quality.measure;
