/** The stores in which files lie: how Hadoop reaches them, and what their failures mean. */
package io.assay.store;
