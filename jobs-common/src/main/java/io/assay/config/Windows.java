package io.assay.config;

import io.assay.document.Setting;
import io.assay.table.TableName;
import java.time.Duration;

/** What the windows of a mart are made of, and when they are closed. */
public record Windows(
    @Setting(
            "The table whose rows are the events, one of those that the query reads: silver of a"
                + " dataset with keep: none, or another mart with windows. Every other table is"
                + " looked up, as it is when a window is closed.")
        TableName of,
    @Setting("The column, a timestamp, that says when an event happened.") String time,
    @Setting(
            "How long events are waited for: a window is closed when an event is there that is so"
                + " much newer than its end. What comes later is kept in gold.M_late.")
        Duration lateness) {}
