package io.assay.app.demo;

import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three days of the shop, told while they run: a clean day, a broken delivery that is held, and a
 * row that comes two days late. Each chapter ends with a check of gold against what the generator
 * knows.
 */
final class DemoStory {
  private static final TableName PAYMENTS = TableName.silver("payments");

  /** What is run on the first two days; the marts that only analysts ask are made on the third. */
  private static final List<String> DAILY =
      List.of(
          "bronze.*",
          "silver.*",
          "gold.fct_orders",
          "gold.daily_sales",
          "gold.top_products",
          "gold.payment_reconciliation",
          "gold.dim_customers");

  private final DemoPage page;
  private final DemoRun run;
  private final ShopAnswers answers;
  private final ShopProof proof;
  private final ShopFiles files;
  private final List<ShopDay> days;

  DemoStory(DemoPage page, DemoRun run, ShopAnswers answers, ShopFiles files, List<ShopDay> days) {
    this.page = page;
    this.run = run;
    this.answers = answers;
    this.proof = new ShopProof(answers);
    this.files = files;
    this.days = days;
  }

  /**
   * Tells the story.
   *
   * @throws AssayException if anything turns out other than the story says
   */
  void tell() {
    opening();
    firstDay();
    secondDay();
    thirdDay();
  }

  private void opening() {
    page.chapter("A web shop, three days");
    page.say(
        "The web shop's database tells every change of products, orders and order items, as Debezium"
            + " writes it to Kafka; payments and clicks are messages, too. The sensors of the cold"
            + " stores are asked over HTTP. Customers and counts of the warehouses come as files."
            + " Here all of it stands in files, a message or an answer a line, so no server is"
            + " needed. Bronze keeps what came. Silver cleans and judges it and keeps its history."
            + " Gold answers. About two lines in a hundred are dirty, on purpose.");
  }

  private void firstDay() {
    page.chapter("Day 1, " + days.get(0).date() + ": everything lands");
    files.deliver(days.get(0));
    expect(run.run(Decision.NONE, DAILY.toArray(String[]::new)), Outcome.SUCCEEDED);
    ShopTruth truth = truth(1);
    proof.trade(truth);
    proof.payments(truth);
    sales();
    page.say("Gold equals, to the penny, what the generator knows was sold and paid.");
  }

  private void secondDay() {
    page.chapter("Day 2, " + days.get(1).date() + ": a broken delivery");
    page.say(
        "The payment provider exports pence and calls them pounds. Each row looks like money.");
    page.gap();
    files.deliverWithPaymentsInPence(days.get(1));
    List<JobReport> reports = run.run(Decision.NONE, DAILY.toArray(String[]::new));
    JobReport held = report(reports, PAYMENTS);
    expect(held, Outcome.HELD);
    page.gap();
    page.say("The batch of payments is HELD, and nothing of it is published:");
    held.result().notes().forEach(page::remark);
    proof.trade(truth(2));
    proof.payments(truth(1));
    differences();
    page.say(
        "Gold's reconciliation still shows day 1, whole and right. All that does not depend on"
            + " payments has gone on to day 2.");
    rejection();
    correction();
  }

  private void rejection() {
    String reason = "pence instead of pounds; a corrected delivery is asked for";
    page.gap();
    page.say("A person looks, and decides. The whole batch goes to quarantine, on record:");
    page.gap();
    page.line("  $ bin/assay silver payments --reject --reason \"" + reason + "\"");
    Decision rejected = new Decision(Map.of(), Optional.of(reason));
    expect(run.run(rejected, PAYMENTS.toString()), Outcome.SUCCEEDED);
  }

  private void correction() {
    page.gap();
    page.say("The provider sends the day's payments again, in pounds, and they go through:");
    page.gap();
    files.deliverPayments(days.get(1), "payments-corrected.jsonl.gz");
    expect(run.run(Decision.NONE, "bronze.payments+"), Outcome.SUCCEEDED);
    proof.payments(truth(2));
    page.gap();
    page.say("Gold's reconciliation equals the generator's again.");
  }

  private void thirdDay() {
    CustomerChange late = days.get(2).lateChanges().get(0);
    page.chapter("Day 3, " + days.get(2).date() + ": a row comes two days late");
    page.say(
        "%s moved to %s on %s. That row was lost on its way; only the next day's promotion arrived,"
                .formatted(late.id(), late.city(), late.at().toString().replace('T', ' '))
            + " which knows the new city. So far the history says:");
    customer(late.id());
    files.deliver(days.get(2));
    expect(run.run(Decision.NONE), Outcome.SUCCEEDED);
    page.gap();
    page.say("Today the lost row was delivered. It took its place in the history:");
    customer(late.id());
    page.say(
        "The orders of that afternoon have moved with it. And with the third day came the marts that"
            + " only analysts ask: customers, visits, stock, recommendations, alerts.");
    ShopTruth truth = truth(3);
    proof.trade(truth);
    proof.payments(truth);
    proof.orders(truth, late.id());
    proof.shelves(truth);
    proof.analyses(new MartTruth(days));
    withdrawal();
  }

  private void withdrawal() {
    ProductChange gone =
        days.get(2).products().stream().filter(ProductChange::withdrawn).findFirst().orElseThrow();
    page.gap();
    page.say(
        "And %s (%s) is no longer sold: the database deleted its row, so its history ends:"
            .formatted(gone.name(), gone.id()));
    page.table(new DemoTable("price", "from", "to").rows(answers.prices(gone.id())));
  }

  private void sales() {
    page.table(
        new DemoTable("day", "orders", "cancelled", "units", "revenue", "profit")
            .rows(answers.sales()));
  }

  private void differences() {
    page.table(
        new DemoTable("orders that do not add up", "orders", "difference")
            .rows(answers.paymentDifferencesByReason()));
  }

  private void customer(String id) {
    page.table(new DemoTable("city", "tier", "from", "to").rows(answers.versions(id)));
    page.table(
        new DemoTable("orders placed while living in", "orders").rows(answers.ordersByCity(id)));
  }

  private ShopTruth truth(int day) {
    return new ShopTruth(days.subList(0, day));
  }

  private static void expect(List<JobReport> reports, Outcome outcome) {
    reports.forEach(
        report -> {
          if (report.result().outcome() != Outcome.UNCHANGED) {
            expect(report, outcome);
          }
        });
  }

  private static void expect(JobReport report, Outcome outcome) {
    if (report.result().outcome() != outcome) {
      throw new AssayException(
          ExitCode.FAILURE,
          "the demo stops: "
              + report.result().table()
              + " should have "
              + outcome.label()
              + ", but: "
              + report.text());
    }
  }

  private static JobReport report(List<JobReport> reports, TableName table) {
    return reports.stream()
        .filter(report -> report.result().table().equals(table))
        .findFirst()
        .orElseThrow();
  }
}
