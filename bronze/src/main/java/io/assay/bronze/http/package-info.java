/** HTTP: pages of JSON APIs. */
package io.assay.bronze.http;
