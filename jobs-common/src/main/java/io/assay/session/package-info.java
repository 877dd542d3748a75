/** Where sessions of Spark are opened. */
package io.assay.session;
