package io.assay.app.demo;

import java.time.Instant;

/** Something that happens in the shop, as one of its systems tells it. */
public sealed interface ShopEvent {
  /** The dataset that it belongs to. */
  String dataset();

  /** When it happens, by the shop's clock. */
  Instant at();

  /** A row of the web shop's database changes. */
  record Changed(RowChange change) implements ShopEvent {
    @Override
    public String dataset() {
      return change.table();
    }

    @Override
    public Instant at() {
      return change.at();
    }
  }

  /**
   * A message is sent.
   *
   * @param key what it is about
   * @param json its value
   */
  record Sent(String dataset, String key, String json, Instant at) implements ShopEvent {}

  /**
   * A sensor is read.
   *
   * @param json a record of the sensors' API
   */
  record Read(String dataset, String json, Instant at) implements ShopEvent {}
}
