package io.assay.app.profile;

import io.assay.config.Source;
import io.assay.quality.profile.TableProfile;
import java.util.List;

/**
 * What was found out about files.
 *
 * @param files how many there are
 * @param profile of the rows that fit their columns, which are in the same order
 * @param unreadable how many rows would go to quarantine
 * @param notes for people
 */
record FileProfile(
    Source.Files source,
    int files,
    List<ProposedColumn> columns,
    TableProfile profile,
    long unreadable,
    List<String> notes) {
  FileProfile {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }
}
