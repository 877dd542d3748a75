/** What analysts see of a project over JDBC and ODBC. */
package io.assay.app.serve;
