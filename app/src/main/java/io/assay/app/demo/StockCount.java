package io.assay.app.demo;

/**
 * What lies of a product in a warehouse when it is counted.
 *
 * @param reorderLevel with no more than that, more is ordered in
 */
record StockCount(String productId, String warehouse, int quantity, int reorderLevel) {}
