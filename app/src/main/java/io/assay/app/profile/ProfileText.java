package io.assay.app.profile;

import io.assay.config.Source;
import io.assay.job.Units;
import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.ColumnProfile.Bucket;
import io.assay.quality.profile.ColumnProfile.ValueCount;
import io.assay.quality.profile.Profiler;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people: a paragraph for each column, in at most 80 characters a line. */
final class ProfileText {
  private static final int WIDTH = 80;
  private static final int LABEL = 32;
  private static final int BAR = 30;
  private static final int VALUES = 10;
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final ProfileReport report;
  private final boolean emphasis;
  private final StringBuilder text = new StringBuilder();

  ProfileText(ProfileReport report, boolean emphasis) {
    this.report = report;
    this.emphasis = emphasis;
  }

  String text() {
    wrapped("", title());
    report.notes().forEach(note -> wrapped("  ", note));
    report.columns().forEach(this::column);
    return text.toString();
  }

  private String title() {
    StringBuilder title =
        new StringBuilder(report.of()).append(": ").append(Units.count(report.rows(), "row"));
    report
        .source()
        .ifPresent(
            source -> {
              title.append(" in ").append(Units.count(report.files(), "file"));
              title.append(", ").append(FileKind.label(source.format()));
              if (source.format() == Source.FileFormat.CSV) {
                title.append(", by ").append(delimiter(source.csv().delimiter()));
                title.append(source.csv().header() ? ", header" : ", no header");
              }
              title.append(", ").append(source.encoding());
            });
    if (report.unreadable() > 0) {
      title.append("; ").append(Units.count(report.unreadable(), "more row")).append(" unreadable");
    }
    return title.toString();
  }

  private static String delimiter(String delimiter) {
    return switch (delimiter) {
      case "," -> "comma";
      case ";" -> "semicolon";
      case "\t" -> "tab";
      default -> delimiter;
    };
  }

  private void column(ProfiledColumn column) {
    ColumnProfile profile = column.profile();
    text.append('\n');
    String name = cut(profile.name(), WIDTH / 2);
    String type = cut(profile.type().catalogString(), WIDTH / 2 - 2);
    text.append(emphasis ? BOLD + name + PLAIN : name).append("  ").append(type).append('\n');
    column.source().ifPresent(source -> wrapped("  ", "called " + source));
    column.format().ifPresent(format -> wrapped("  ", "written " + format));
    if (!column.remark().isEmpty()) {
      wrapped("  ", column.remark());
    }
    column
        .personal()
        .ifPresent(what -> wrapped("  ", "Values are not shown: it may hold " + what + "."));
    wrapped("  ", String.join("   ", facts(profile)));
    profile.numbers().ifPresent(numbers -> wrapped("  ", quantiles(numbers)));
    histogram(profile);
  }

  private List<String> facts(ColumnProfile profile) {
    List<String> facts = new ArrayList<>();
    if (report.rows() > 0) {
      facts.add("filled " + percent(profile.present(), report.rows()));
    }
    facts.add(
        (profile.distinct().exact() ? "" : "about ")
            + "%s distinct".formatted(number(profile.distinct().count())));
    profile.minimum().ifPresent(least -> facts.add(least + " .. " + profile.maximum().orElse("")));
    profile
        .lengths()
        .ifPresent(
            lengths ->
                facts.add(
                    (lengths.shortest() == lengths.longest() ? "" : lengths.shortest() + " to ")
                        + Units.count(lengths.longest(), "character")));
    profile
        .numbers()
        .ifPresent(
            numbers -> {
              facts.add("mean " + number(numbers.mean()));
              facts.add("deviation " + number(numbers.deviation()));
            });
    return facts;
  }

  private static String quantiles(ColumnProfile.Numbers numbers) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < numbers.quantiles().size(); i++) {
      long percent = Math.round(100 * Profiler.QUANTILES.get(i));
      parts.add("%d %%: %s".formatted(percent, number(numbers.quantiles().get(i))));
    }
    return "quantiles   " + String.join("   ", parts);
  }

  private void histogram(ColumnProfile profile) {
    if (profile.values().size() > 1 && profile.values().get(0).rows() > 1) {
      long most = profile.values().get(0).rows();
      for (ValueCount value :
          profile.values().subList(0, Math.min(VALUES, profile.values().size()))) {
        bar(value.value(), value.rows(), most);
      }
      int more = profile.values().size() - VALUES;
      if (more > 0) {
        text.append("    and ").append(Units.count(more, "more value")).append('\n');
      }
    }
    long most = profile.buckets().stream().mapToLong(Bucket::rows).max().orElse(0);
    for (Bucket bucket : profile.buckets()) {
      bar(number(bucket.from()) + " .. " + number(bucket.to()), bucket.rows(), most);
    }
  }

  private void bar(String label, long rows, long most) {
    long length = rows == 0 ? 0 : Math.max(1, rows * BAR / most);
    String shown = cut(label.replaceAll("\\p{Cntrl}", " "), LABEL);
    String line =
        "    "
            + shown
            + " ".repeat(LABEL + 1 - shown.codePointCount(0, shown.length()))
            + "█".repeat((int) length)
            + " "
            + number(rows);
    text.append(line).append('\n');
  }

  /** Words are kept whole where they fit into a line. */
  private void wrapped(String indent, String words) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : words.split("(?<=\\s)(?=\\S)")) {
      String rest = word;
      if (line.length() > indent.length()
          && line.length() + rest.stripTrailing().length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      while (line.length() + rest.stripTrailing().length() > WIDTH) {
        int room = WIDTH - line.length();
        text.append(line).append(rest, 0, room).append('\n');
        rest = rest.substring(room);
        line = new StringBuilder(indent);
      }
      line.append(rest);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cut(String label, int width) {
    int length = label.codePointCount(0, label.length());
    return length <= width
        ? label
        : label.substring(0, label.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** To six digits, or as many more as it takes to tell all before the point and two behind it. */
  static String number(double number) {
    BigDecimal exact = new BigDecimal(number);
    int whole = exact.precision() - exact.scale();
    return exact
        .round(new MathContext(Math.max(6, whole + 2)))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    // What is not quite all or nothing is not told as if it were.
    double honest = part == whole || part == 0 ? percent : Math.min(99.9, Math.max(0.1, percent));
    return String.format(Locale.ROOT, honest == Math.rint(honest) ? "%.0f %%" : "%.1f %%", honest);
  }
}
