package io.assay.app.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.config.Source;
import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Profiler;
import io.assay.quality.profile.Suggestion;
import java.util.Optional;

/** A report as JSON. Its shape is documented with the commands; every field is always there. */
final class ProfileJson {
  private ProfileJson() {}

  static ObjectNode of(ProfileReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("of", report.of());
    Optional<Source.Files> source = report.source();
    boolean csv = source.filter(files -> files.format() == Source.FileFormat.CSV).isPresent();
    json.put("files", source.isPresent() ? Integer.valueOf(report.files()) : null)
        .put("format", source.map(files -> FileKind.label(files.format())).orElse(null))
        .put("encoding", source.map(Source.Files::encoding).orElse(null))
        .put("delimiter", csv ? source.get().csv().delimiter() : null)
        .put("header", csv ? Boolean.valueOf(source.get().csv().header()) : null)
        .put("rows", report.rows())
        .put("unreadable", report.unreadable());
    report.notes().forEach(json.putArray("notes")::add);
    ArrayNode columns = json.putArray("columns");
    report.columns().forEach(column -> column(columns.addObject(), column, report.rows()));
    return json;
  }

  private static void column(ObjectNode json, ProfiledColumn column, long rows) {
    ColumnProfile profile = column.profile();
    json.put("name", profile.name())
        .put("source", column.source().orElse(profile.name()))
        .put("type", profile.type().catalogString())
        .put("format", column.format().orElse(null))
        .put("personal", column.personal().orElse(null))
        .put("remark", column.remark().isEmpty() ? null : column.remark())
        .put("present", profile.present())
        .put("completeness", rows == 0 ? null : Double.valueOf((double) profile.present() / rows))
        .put("distinct", profile.distinct().count())
        .put("distinct_exact", profile.distinct().exact())
        .put("minimum", profile.minimum().orElse(null))
        .put("maximum", profile.maximum().orElse(null))
        .put("shortest", profile.lengths().map(ColumnProfile.Lengths::shortest).orElse(null))
        .put("longest", profile.lengths().map(ColumnProfile.Lengths::longest).orElse(null));
    numbers(json, profile.numbers());
    distribution(json, profile);
    ArrayNode suggestions = json.putArray("suggestions");
    profile.suggestions().forEach(each -> suggestion(suggestions.addObject(), each));
  }

  private static void numbers(ObjectNode json, Optional<ColumnProfile.Numbers> numbers) {
    json.put("mean", numbers.map(ColumnProfile.Numbers::mean).orElse(null))
        .put("deviation", numbers.map(ColumnProfile.Numbers::deviation).orElse(null))
        .put("zeros", numbers.map(ColumnProfile.Numbers::zeros).orElse(null));
    ArrayNode quantiles = json.putArray("quantiles");
    numbers.ifPresent(
        found -> {
          for (int i = 0; i < found.quantiles().size(); i++) {
            quantiles
                .addObject()
                .put("share", Profiler.QUANTILES.get(i))
                .put("value", found.quantiles().get(i));
          }
        });
  }

  private static void distribution(ObjectNode json, ColumnProfile profile) {
    ArrayNode values = json.putArray("values");
    profile
        .values()
        .forEach(each -> values.addObject().put("value", each.value()).put("rows", each.rows()));
    ArrayNode buckets = json.putArray("buckets");
    profile
        .buckets()
        .forEach(
            each ->
                buckets
                    .addObject()
                    .put("from", each.from())
                    .put("to", each.to())
                    .put("rows", each.rows()));
  }

  private static void suggestion(ObjectNode json, Suggestion suggestion) {
    if (suggestion instanceof Suggestion.Complete) {
      json.put("rule", "complete");
    } else if (suggestion instanceof Suggestion.MostlyComplete most) {
      json.put("rule", "mostly_complete").put("share", most.share());
    } else if (suggestion instanceof Suggestion.Unique) {
      json.put("rule", "unique");
    } else if (suggestion instanceof Suggestion.NonNegative) {
      json.put("rule", "not_negative");
    } else if (suggestion instanceof Suggestion.Among among) {
      among.values().forEach(json.put("rule", "among").putArray("values")::add);
    }
  }
}
