package io.assay.app.profile;

import io.assay.app.operate.ProjectTables;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Profiler;
import io.assay.quality.profile.TableProfile;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * What a table or files hold, to be shown.
 *
 * @param of the table, or what the files were named by
 * @param source how the files are read; empty for a table
 * @param files how many; 0 for a table
 * @param rows how many there are, without the unreadable ones
 * @param unreadable rows of files that cannot be read as the files are written
 */
public record ProfileReport(
    String of,
    Optional<Source.Files> source,
    int files,
    long rows,
    long unreadable,
    List<String> notes,
    List<ProfiledColumn> columns) {

  /** Columns in which whole records stand, or keys of them. */
  private static final Set<String> RECORDS =
      Set.of(
          RowColumns.SOURCE,
          RowColumns.VALUE,
          RowColumns.RAW,
          RowColumns.RESCUED,
          QuarantineColumns.RAW);

  public ProfileReport {
    notes = List.copyOf(notes);
    columns = List.copyOf(columns);
  }

  /**
   * Profiles the newest rows of a table.
   *
   * @throws io.assay.error.AssayException if it does not exist
   */
  public static ProfileReport ofTable(SparkSession spark, Project project, TableName table) {
    Dataset<Row> rows =
        new ProjectTables(spark, project).read(table).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      TableProfile profile = Profiler.of(rows);
      Set<String> personal = personal(project, table);
      List<ProfiledColumn> columns = new ArrayList<>();
      for (ColumnProfile column : profile.columns()) {
        Optional<String> what =
            personal.contains(column.name())
                ? Optional.of("what the contract tags as personal")
                : guess(column);
        columns.add(new ProfiledColumn(column, Optional.empty(), Optional.empty(), what, ""));
      }
      return new ProfileReport(
          table.toString(), Optional.empty(), 0, profile.rows(), 0, List.of(), columns);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * Profiles files.
   *
   * @param from a file, a folder or a pattern
   * @param told the files' format, if a person named it
   * @throws io.assay.error.AssayException with exit code 2 if there are none, or their format
   *     cannot be told
   */
  public static ProfileReport ofFiles(
      SparkSession spark, Project project, String from, Optional<Source.FileFormat> told) {
    SourcePlace place = NewDataset.places(project, from);
    FileProfile found = new FileStudy(spark, "profiled", place.pattern().getName()).of(place, told);
    List<ProfiledColumn> columns = new ArrayList<>();
    for (int i = 0; i < found.profile().columns().size(); i++) {
      ProposedColumn column = found.columns().get(i);
      boolean renamed = !column.source().equals(column.name());
      columns.add(
          new ProfiledColumn(
              found.profile().columns().get(i),
              Optional.of(column.source()).filter(source -> renamed),
              column.type().format(),
              column.personal(),
              column.type().remark()));
    }
    return new ProfileReport(
        from,
        Optional.of(found.source()),
        found.files(),
        found.profile().rows(),
        found.unreadable(),
        found.notes(),
        columns);
  }

  /** The documented JSON object. */
  public String json() {
    return ProfileJson.of(this).toPrettyString();
  }

  /**
   * Writes it for people, no line longer than 80 characters.
   *
   * @param emphasis whether names are set off, as terminals can
   */
  public void write(Appendable out, boolean emphasis) throws IOException {
    out.append(new ProfileText(this, emphasis).text());
  }

  private static Optional<String> guess(ColumnProfile column) {
    return PersonalGuess.of(SafeNames.of(column.name(), ""), false)
        .or(() -> PersonalGuess.ofValues(column.values()))
        .or(() -> PersonalGuess.ofFields(NestedNames.of(column.type())));
  }

  private static Set<String> personal(Project project, TableName table) {
    String name = table.currentRows().name();
    Optional<Contract> contract =
        switch (table.layer()) {
          case SILVER, BRONZE, QUARANTINE ->
              Optional.ofNullable(project.datasets().get(name)).map(each -> each.contract());
          case GOLD -> Optional.ofNullable(project.marts().get(name)).map(each -> each.contract());
          case PUBLISH, OPS -> Optional.empty();
        };
    Set<String> personal =
        contract.stream()
            .flatMap(known -> known.columns().stream())
            .filter(ContractColumn::personal)
            .flatMap(
                column -> Stream.of(column.name(), column.physicalName().orElse(column.name())))
            .collect(Collectors.toSet());
    if (!personal.isEmpty()) {
      personal.addAll(RECORDS);
    }
    return personal;
  }
}
