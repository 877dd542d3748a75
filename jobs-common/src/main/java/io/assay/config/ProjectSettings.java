package io.assay.config;

import io.assay.document.Setting;
import java.time.ZoneId;
import java.util.Map;

/** {@code assay.yaml}, after overlays. */
public record ProjectSettings(
    @Setting(
            "The project's name: lower-case letters, digits and underscores. It is part of every"
                + " transaction's identity, so it must not change.")
        String project,
    @Setting(
            value =
                "The root folder of all tables: a URI, an absolute path, or a path relative to the"
                    + " project's folder. The environment variable ASSAY_WAREHOUSE wins over the files.",
            otherwise = "warehouse")
        String warehouse,
    @Setting(value = "The zone whose midnight ends a business day.", otherwise = "UTC")
        ZoneId businessZone,
    @Setting("When a batch is held; datasets may say otherwise.") Gate gate,
    @Setting("How large a batch may grow; datasets may say otherwise.") BatchLimits batch,
    @Setting("Stores and servers, by name. Datasets refer to these names.")
        Map<String, Connection> connections,
    @Setting(
            "Tables of other projects that this one reads, by a name for each project. No run of"
                + " this project fills them.")
        Map<String, Import> imports,
    @Setting(
            "Where datasets' rows come from in this environment, by the datasets' names: each as"
                + " source in pipeline.yaml, whose place it takes as a whole.")
        Map<String, Source> sources,
    @Setting(
            "Settings of the Spark session, by Spark's own names. spark-submit wins over them. What"
                + " the meaning of values depends on cannot be set: the session's time zone (UTC),"
                + " ANSI mode, case sensitivity, how dates are parsed and stored; nor that files are ignored.")
        Map<String, String> spark,
    @Setting("How often run tries a job again whose source does not answer.") Retry retry,
    @Setting("How assay stream runs.") Streaming stream) {

  /** The values of Spark's settings may be secrets. */
  @Override
  public String toString() {
    return "ProjectSettings[project="
        + project
        + ", warehouse="
        + warehouse
        + ", businessZone="
        + businessZone
        + ", gate="
        + gate
        + ", batch="
        + batch
        + ", connections="
        + connections
        + ", imports="
        + imports
        + ", sources="
        + sources
        + ", spark="
        + spark.keySet()
        + ", retry="
        + retry
        + ", stream="
        + stream
        + "]";
  }
}
