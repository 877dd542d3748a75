package io.assay.app.stream;

import io.assay.app.plan.Planner;
import io.assay.batch.StatusFiles;
import io.assay.config.Project;
import io.assay.config.Streaming;
import io.assay.error.ExitCode;
import io.assay.job.Backoff;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.ops.OpsTables;
import io.assay.table.TableName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of {@code assay stream}: a thread for each query, each in a session and a scheduler's
 * pool of its own; and what is done for all of them: telling how they stand, counting what waits,
 * making the ops tables.
 */
public final class StreamRun {
  /**
   * Settings of Spark for a process that streams: its queries take turns, and it keeps few of the
   * jobs and plans that it has done.
   */
  public static final Map<String, String> SPARK =
      Map.of(
          "spark.scheduler.mode", "FAIR",
          "spark.ui.retainedJobs", "100",
          "spark.ui.retainedStages", "100",
          "spark.ui.retainedTasks", "1000",
          "spark.sql.ui.retainedExecutions", "20");

  private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);
  private static final Duration MEASURE = Duration.ofSeconds(30);
  private static final String POOL = "spark.scheduler.pool";

  private final StreamPlan plan;
  private final JobContext context;
  private final StopSwitch stop;
  private final QueryBoard board;
  private final StatusFiles files;
  private final Configuration configuration;
  private final Instant startedAt;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * A stream that has not begun.
   *
   * @param jobs makes the job that fills a table
   * @param configuration reads the project as it is now; held batches are looked at with that
   * @param stop ends it: each query finishes the batch in hand
   */
  public StreamRun(
      StreamPlan plan,
      JobContext context,
      BiFunction<Project, TableName, Job> jobs,
      Supplier<Project> configuration,
      StopSwitch stop,
      StreamListener listener) {
    this.plan = plan;
    this.context = context;
    this.stop = stop;
    this.configuration = context.spark().sessionState().newHadoopConf();
    this.files = StreamStatus.files(context.project(), this.configuration);
    this.startedAt = context.clock().instant();
    Backoff backoff = Backoff.of(settings().restart());
    this.board = new QueryBoard(plan.queries(), backoff.failures(), context.clock(), listener);
    for (Query query : plan.queries()) {
      threads.add(thread(query, () -> loop(query, jobs, configuration, backoff).run()));
    }
  }

  private QueryLoop loop(
      Query query,
      BiFunction<Project, TableName, Job> jobs,
      Supplier<Project> projects,
      Backoff backoff) {
    SparkSession session = context.spark().newSession();
    SparkSession.setActiveSession(session);
    session.sparkContext().setLocalProperty(POOL, query.name().toString());
    return new QueryLoop(
        query,
        new JobPass(query, context.in(session), jobs, projects),
        board,
        stop,
        backoff,
        context.clock(),
        ThreadLocalRandom.current());
  }

  /**
   * Runs until it is stopped, or no query is left.
   *
   * @return the gravest of what its queries have to say: 0 if each was well, 3 if one is held, and
   *     so on; 1 if a batch in hand took longer than the patience
   */
  public ExitCode execute() {
    careful(this::removeFormer).run();
    ScheduledExecutorService upkeep = Executors.newScheduledThreadPool(2, StreamRun::daemon);
    try {
      threads.forEach(Thread::start);
      long record = settings().record().toMillis();
      schedule(upkeep, this::refreshOps, record);
      schedule(upkeep, measure(), MEASURE.toMillis());
      while (working() && !stop.stopped()) {
        tell(Optional.empty());
        stop.pause(StreamStatus.HEARTBEAT);
      }
    } finally {
      upkeep.shutdownNow();
    }
    boolean finished = finished();
    careful(this::refreshOps).run();
    tell(Optional.of(context.clock().instant()));
    return finished ? board.exitCode() : ExitCode.FAILURE.orWorse(board.exitCode());
  }

  /** How the queries stand. */
  public List<QueryStatus> queries() {
    return board.all();
  }

  private Streaming settings() {
    return context.project().settings().stream();
  }

  private boolean working() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /** Waits for the batches in hand, as long as patience lasts. */
  private boolean finished() {
    long end = System.nanoTime() + settings().patience().toNanos();
    try {
      for (Thread thread : threads) {
        while (thread.isAlive() && System.nanoTime() < end) {
          tell(Optional.empty());
          thread.join(StreamStatus.HEARTBEAT.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !working();
  }

  private Runnable measure() {
    Planner planner = new Planner(context.project(), configuration);
    return new LagMeasure(plan.queries(), planner, board, context.clock());
  }

  private void refreshOps() {
    new OpsTables(context.spark().newSession(), context.project().warehouse())
        .refresh(context.runId(), context.clock());
  }

  private void tell(Optional<Instant> stoppedAt) {
    try {
      files.write(
          context.runId(),
          new StreamStatus(
              context.runId(),
              host(),
              ProcessHandle.current().pid(),
              startedAt,
              context.clock().instant(),
              stoppedAt,
              board.all()));
    } catch (RuntimeException e) {
      // People see that it is silent; the batches themselves do not depend on it.
      LOG.warn("how the stream stands cannot be told", e);
    }
  }

  /** What an earlier process told of the same queries is of no use any more. */
  private void removeFormer() {
    Set<TableName> own = new HashSet<>(plan.queries().stream().map(Query::name).toList());
    StreamStatus.of(context.project(), configuration).stream()
        .filter(former -> former.notRunningSince(context.clock()).isPresent())
        .filter(former -> former.queries().stream().map(QueryStatus::query).allMatch(own::contains))
        .forEach(former -> files.remove(former.runId()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static void schedule(ScheduledExecutorService upkeep, Runnable task, long millis) {
    var unused =
        upkeep.scheduleWithFixedDelay(careful(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Upkeep that fails is done by the next turn, or the next process; no batch depends on it. */
  private static Runnable careful(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Exception e) {
        // Spark throws checked exceptions that it does not declare.
        LOG.warn("will be tried again", e);
      }
    };
  }

  private static Thread thread(Query query, Runnable task) {
    Thread thread = daemon(task);
    thread.setName("assay-stream-" + query.name());
    return thread;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "assay-stream");
    thread.setDaemon(true);
    return thread;
  }
}
