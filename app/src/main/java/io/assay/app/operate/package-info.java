/** What operators and analysts ask of a project: how it stands, what it holds. */
package io.assay.app.operate;
