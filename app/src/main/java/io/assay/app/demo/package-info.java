/** The demo: a web shop that is made up, run, and proved against what was made up. */
package io.assay.app.demo;
