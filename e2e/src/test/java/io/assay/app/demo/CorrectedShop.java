package io.assay.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shop's project with rules under which most of what lies in quarantine is good. */
record CorrectedShop(Path conf) {

  void write() throws IOException {
    change(
        "customers/contract.odcs.yaml",
        "[standard, silver, gold]",
        "[standard, silver, gold, platinum]");
    change(
        "customers/pipeline.yaml",
        "lower(trim(email))",
        "lower(trim(replace(email, '(at)', '@')))");
    change("orders/contract.odcs.yaml", "delivered, cancelled]", "delivered, cancelled, lost]");
    change("payments/contract.odcs.yaml", "transfer, voucher]", "transfer, voucher, barter]");
    append("payments", "amount", "replace(amount, '-', '')");
    change("clickstream/contract.odcs.yaml", "checkout, purchase]", "checkout, purchase, hover]");
    append("inventory", "quantity", "replace(quantity, '-', '')");
    change("sensors/contract.odcs.yaml", "AND 40", "AND 90");
    append("order_items", "quantity", "replace(quantity, '-', '')");
    append("products", "price", "regexp_replace(price, '^(about |-)', '')");
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = conf.resolve("datasets").resolve(file);
    String text = Files.readString(path);
    if (!text.contains(from)) {
      throw new IllegalStateException(path + " has no " + from);
    }
    Files.writeString(path, text.replace(from, to));
  }

  private void append(String dataset, String column, String expression) throws IOException {
    Path path = conf.resolve("datasets").resolve(dataset).resolve("pipeline.yaml");
    Files.writeString(
        path, Files.readString(path) + "columns:\n  " + column + ": \"" + expression + "\"\n");
  }
}
