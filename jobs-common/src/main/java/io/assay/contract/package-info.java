/** Data contracts: what their columns and rules mean. */
package io.assay.contract;
