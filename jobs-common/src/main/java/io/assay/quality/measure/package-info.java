/** What can be measured of rows, through Deequ. All that knows Deequ and its Scala is here. */
package io.assay.quality.measure;
