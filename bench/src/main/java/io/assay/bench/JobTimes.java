package io.assay.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;

/** Tells of every Spark job and stage how long it took and what it is for. */
public final class JobTimes extends SparkListener {
  private final Consumer<String> teller;
  private final Map<Integer, SparkListenerJobStart> started = new HashMap<>();

  /** Tells standard error: for {@code spark.extraListeners} of another process. */
  public JobTimes() {
    this(System.err::println);
  }

  public JobTimes(Consumer<String> teller) {
    this.teller = teller;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    started.put(start.jobId(), start);
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    StageInfo stage = completed.stageInfo();
    long took = (Long) stage.completionTime().get() - (Long) stage.submissionTime().get();
    teller.accept(
        "    stage %d: %d ms, %d tasks, %d rows read, %d written"
            .formatted(
                stage.stageId(),
                took,
                stage.numTasks(),
                stage.taskMetrics().inputMetrics().recordsRead(),
                stage.taskMetrics().outputMetrics().recordsWritten()));
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    SparkListenerJobStart start = started.remove(end.jobId());
    if (start == null) {
      return;
    }
    String description = start.properties().getProperty("spark.job.description", "");
    teller.accept(
        "  job %d: %d ms, %d stages: %s; %s"
            .formatted(
                end.jobId(),
                end.time() - start.time(),
                start.stageInfos().size(),
                description.replaceAll("\\s+", " "),
                start.properties().getProperty("callSite.short", "")));
  }
}
