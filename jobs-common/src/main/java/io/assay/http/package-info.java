/** Asking HTTP APIs as a connection says: credentials, retries, rates. */
package io.assay.http;
