package io.assay.app.profile;

import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * A column as it is shown.
 *
 * @param source what bronze calls it, if that is another name
 * @param format how the source writes dates and times; empty: ISO 8601, or no such column
 * @param personal what personal thing it holds, or seems to; its values are not shown
 * @param remark what a person should know of its type; empty if nothing
 */
record ProfiledColumn(
    ColumnProfile profile,
    Optional<String> source,
    Optional<String> format,
    Optional<String> personal,
    String remark) {

  ProfiledColumn {
    profile = personal.isPresent() ? withoutValues(profile) : profile;
  }

  private static ColumnProfile withoutValues(ColumnProfile profile) {
    return new ColumnProfile(
        profile.name(),
        profile.type(),
        profile.present(),
        profile.distinct(),
        Optional.empty(),
        Optional.empty(),
        profile.lengths(),
        Optional.empty(),
        List.of(),
        List.of(),
        profile.suggestions().stream()
            .filter(suggestion -> !(suggestion instanceof Suggestion.Among))
            .toList());
  }
}
