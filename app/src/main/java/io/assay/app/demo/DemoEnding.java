package io.assay.app.demo;

import io.assay.batch.Account;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.Map;

/** The answers, the accounts and the way on. */
final class DemoEnding {
  private static final int SHOWN = 5;

  private final DemoPage page;
  private final ShopAnswers answers;
  private final DemoFolder folder;
  private final String prefix;

  /**
   * @param prefix what must stand before a command for it to find the demo's tables
   */
  DemoEnding(DemoPage page, ShopAnswers answers, DemoFolder folder, String prefix) {
    this.page = page;
    this.answers = answers;
    this.folder = folder;
    this.prefix = prefix;
  }

  /**
   * Tells it.
   *
   * @param accounts by table, over the three days
   */
  void tell(Map<TableName, Account> accounts) {
    page.chapter("Answers from gold");
    sales();
    products();
    segments();
    funnel();
    alerts();
    page.chapter("The account of every table, over three days");
    account(accounts);
    page.chapter("What lies in quarantine, and why");
    quarantine(accounts);
    page.chapter("Where things are, and what to try");
    wayOn();
  }

  private void sales() {
    page.table(
        new DemoTable("day", "orders", "cancelled", "units", "revenue", "profit")
            .rows(answers.sales()));
  }

  private void products() {
    page.table(
        new DemoTable("place", "product", "name", "category", "units", "revenue")
            .rows(answers.products().stream().limit(SHOWN).toList()));
  }

  private void segments() {
    page.table(
        new DemoTable("segment", "customers", "lifetime value").rows(answers.marts().segments()));
  }

  private void funnel() {
    MartTruth.Funnel funnel = answers.marts().funnel();
    page.table(
        new DemoTable("visits", "to the cart", "to the checkout", "bought")
            .row(funnel.visits(), funnel.carts(), funnel.checkouts(), funnel.purchases()));
  }

  private void alerts() {
    page.table(
        new DemoTable("alert", "order", "customer", "evidence")
            .rows(answers.marts().newestAlerts(SHOWN)));
  }

  private void account(Map<TableName, Account> accounts) {
    DemoTable table =
        new DemoTable(
            "table",
            "read",
            "added",
            "applied",
            "unchanged",
            "superseded",
            "duplicate",
            "quarantined",
            "balanced");
    accounts.forEach(
        (name, account) ->
            table.row(
                name,
                account.read(),
                account.expanded() + account.implied(),
                account.applied(),
                account.unchanged(),
                account.superseded(),
                account.duplicate(),
                account.quarantined(),
                account.balanced() ? "yes" : "NO"));
    page.say(
        "Every row that was read, and every event that was added to them, as by a snapshot or by a"
            + " page of many readings, is in exactly one of the columns after these two. Nothing is"
            + " lost silently.");
    page.table(table);
  }

  private void quarantine(Map<TableName, Account> accounts) {
    DemoTable table = new DemoTable("dataset", "rule", "rows", "for example");
    accounts.forEach(
        (name, account) -> {
          if (name.layer() == Layer.SILVER && account.quarantined() > 0) {
            answers
                .quarantined(name.name())
                .forEach(row -> table.row(name.name(), row.get(0), row.get(1), row.get(2)));
          }
        });
    page.table(table);
  }

  private void wayOn() {
    page.table(
        new DemoTable("what", "where")
            .row("the files as delivered", folder.landing())
            .row("the tables", folder.warehouse())
            .row("the project: datasets, marts, rules", "conf/"));
    page.line("  " + prefix + "bin/assay --env " + Demo.ENVIRONMENT + " plan");
    page.line("  " + prefix + "bin/assay status");
    page.line("  " + prefix + "bin/assay verify");
    page.line(
        "  "
            + prefix
            + "bin/assay sql \"SELECT city, sum(amount) FROM gold.fct_orders GROUP BY city\"");
  }
}
