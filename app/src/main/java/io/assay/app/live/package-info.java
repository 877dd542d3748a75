/**
 * The live demo: the shop's systems at work, a stream behind them, and the proof that it is all.
 */
package io.assay.app.live;
