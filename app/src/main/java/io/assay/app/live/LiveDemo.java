package io.assay.app.live;

import io.assay.app.demo.DemoFolder;
import io.assay.app.demo.DemoPage;
import io.assay.app.demo.DemoRun;
import io.assay.app.demo.ShopAnswers;
import io.assay.app.demo.ShopGenerator;
import io.assay.app.demo.ShopScript;
import io.assay.app.stream.StreamRun;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.job.StopSignals;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The shop with all its systems: it starts a database, Debezium, a broker and an API, takes the
 * shop's past in, keeps up with it while it is open, and proves at the end that nothing is missing.
 */
public final class LiveDemo {
  private static final int PAST = 2;
  private static final Duration DAY = Duration.ofMinutes(1);
  private static final long SEED = ShopGenerator.DEFAULT.seed();
  private static final LocalDate FIRST = ShopGenerator.DEFAULT.first();

  private final Path installation;
  private final Map<String, String> environment;
  private final Duration length;
  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private final DemoFolder folder;

  /**
   * A demo that has not begun.
   *
   * @param installation the folder that holds {@code conf/} and {@code servers/}
   * @param environment variables
   * @param length how long the shop is open; a day of it takes a minute, or less
   * @param out gets the proof
   * @param err gets what is shown meanwhile
   * @param columns of the terminal behind {@code err}; 0 if there is none
   */
  public LiveDemo(
      Path installation,
      Map<String, String> environment,
      Duration length,
      PrintStream out,
      PrintStream err,
      int columns) {
    this.installation = installation.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
    this.length = length;
    this.out = out;
    this.err = err;
    this.columns = columns;
    this.folder = DemoFolder.live(installation);
  }

  /**
   * Runs it. Whatever it starts is stopped, however it ends.
   *
   * @throws AssayException if a server fails, or a proof does
   */
  public void run() {
    folder.prepare();
    try (LiveView view = new LiveView(err, columns, environment);
        Servers servers = new Servers(installation, folder)) {
      run(view, servers);
    } catch (SQLException | ExecutionException e) {
      throw new AssayException(
          ExitCode.FAILURE,
          "a server of the demo failed: %s; their logs are in %s"
              .formatted(e.getMessage(), folder.root().resolve("log")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the demo was interrupted", e);
    }
  }

  private void run(LiveView view, Servers servers)
      throws SQLException, ExecutionException, InterruptedException {
    Steps steps =
        new Steps("A web shop with all its systems, on 127.0.0.1; nothing is installed", view);
    steps.begin("PostgreSQL", "starts");
    steps.begin("Kafka", "starts");
    steps.begin("Spark", "starts");
    servers.start();
    LiveProject copy = LiveProject.copy(installation.resolve("conf"), folder, servers);
    Project project = copy.load(folder, environment);
    JobContext context =
        ProcessContext.open("assay demo --live", project, Decision.NONE, StreamRun.SPARK);
    steps.done("Spark", "in this process");
    servers.awaitDatabase();
    steps.done("PostgreSQL", "127.0.0.1:" + servers.databasePort());
    servers.awaitBroker();
    steps.done("Kafka", servers.brokers());
    try (ShopTables tables = ShopTables.create(servers.databasePort());
        Topics topics = new Topics(servers.brokers())) {
      Shop shop = shop(tables, topics, servers);
      begin(shop, servers, steps);
      land(context, steps);
      open(shop, servers, context, view);
      close(shop, servers, context, new Steps("The shop is closed", view));
      view.close();
      prove(shop, servers, context, copy);
    }
  }

  /** What the parts of the show have in common. */
  private record Shop(ShopScript script, Traffic traffic, Topics topics, int days) {}

  private Shop shop(ShopTables tables, Topics topics, Servers servers) {
    int days = (int) Math.max(1, length.toSeconds() / DAY.toSeconds());
    double scale = length.dividedBy(days).toMillis() / (double) DAY.toMillis();
    ShopGenerator generator = new ShopGenerator(SEED, Math.min(1, scale), FIRST);
    ShopScript script = new ShopScript(generator, PAST + days, folder.landing());
    return new Shop(script, new Traffic(script, tables, topics, servers.sensors()), topics, days);
  }

  /** The shop's past, and Debezium, which begins with a snapshot of it. */
  private static void begin(Shop shop, Servers servers, Steps steps)
      throws SQLException, ExecutionException, InterruptedException {
    steps.begin("The shop", "lives through its first days");
    shop.traffic().past(PAST);
    steps.done("The shop", "has a past of " + PAST + " days");
    steps.begin("Debezium", "starts");
    servers.capture();
    new Capture(shop.traffic(), shop.topics(), servers).await();
    steps.done("Debezium", "has taken a snapshot of the database");
  }

  /** Takes in what there is, by a run. */
  private static void land(JobContext context, Steps steps) {
    String name = "bronze, silver, gold";
    steps.begin(name, "assay run");
    List<JobReport> reports =
        new DemoRun(context, line -> steps.detail(name, "assay run: " + words(line)))
            .run(Decision.NONE);
    expectWell(reports);
    long rows = reports.stream().mapToLong(report -> report.result().account().applied()).sum();
    steps.done(
        name, String.format(Locale.ROOT, "assay run: %d tables, %,d rows", reports.size(), rows));
  }

  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  private static void expectWell(List<JobReport> reports) {
    for (JobReport report : reports) {
      Outcome outcome = report.result().outcome();
      if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UNCHANGED) {
        throw new AssayException(ExitCode.FAILURE, "the demo stops: " + report.text());
      }
    }
  }

  /** The show: traffic, and the stream behind it. */
  private void open(Shop shop, Servers servers, JobContext context, LiveView view)
      throws InterruptedException {
    ShopAnswers answers =
        new ShopAnswers(context.spark().newSession(), context.project().warehouse());
    Duration day = length.dividedBy(shop.days());
    try (GoldWatch gold = new GoldWatch(answers, () -> today(shop))) {
      Feeds feeds = new Feeds(gold::changed);
      LiveStream stream = new LiveStream(context, feeds);
      StopSignals.handle(shop.traffic()::stop);
      Thread traffic = shop.traffic().begin(shop.days(), day, feeds);
      view.show(new LivePicture(shop.traffic(), feeds, gold, length, view.blocks()).scene());
      view.say("the shop is open, and assay stream at work; Ctrl-C closes it before its time");
      stream.begin();
      stream.follow(traffic, servers);
      shop.traffic().check();
      stream.stop();
    }
  }

  private static LocalDate today(Shop shop) {
    return shop.traffic().clock().atZone(ShopScript.zone()).toLocalDate();
  }

  /** What the stream has not taken in is left to a run. */
  private static void close(Shop shop, Servers servers, JobContext context, Steps steps)
      throws ExecutionException, InterruptedException {
    String name = "what is left";
    steps.begin(name, "Debezium tells of the last changes");
    new Capture(shop.traffic(), shop.topics(), servers).await();
    List<JobReport> reports =
        new DemoRun(context, line -> steps.detail(name, "assay run: " + words(line)))
            .run(Decision.NONE);
    expectWell(reports);
    long rows = reports.stream().mapToLong(report -> report.result().account().applied()).sum();
    steps.done(name, String.format(Locale.ROOT, "assay run, on the same tables: %,d rows", rows));
  }

  private void prove(Shop shop, Servers servers, JobContext context, LiveProject copy)
      throws SQLException, ExecutionException, InterruptedException {
    DemoPage page = new DemoPage(out);
    LiveProof proof = new LiveProof(context.spark(), context.project().warehouse());
    page.chapter("The proof");
    Map<String, Long> sent = shop.traffic().expected();
    page.table(proof.messages(sent, shop.topics()));
    page.say("Every message that was sent is in bronze exactly once.");
    try (ShopTables tables = ShopTables.open(servers.databasePort())) {
      page.table(proof.current(tables));
    }
    page.say("Silver's current rows equal PostgreSQL's SELECT * of every table.");
    if (!shop.traffic().stopped()) {
      shop.script().prove(new ShopAnswers(context.spark(), context.project().warehouse()));
      page.say("Gold equals, to the penny, what the generator knows was sold and paid.");
    }
    new LiveEnding(page, folder, copy, environment).tell();
  }
}
