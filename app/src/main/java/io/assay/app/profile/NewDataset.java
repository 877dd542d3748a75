package io.assay.app.profile;

import io.assay.config.Project;
import io.assay.config.ProjectLocation;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A dataset that was proposed for files.
 *
 * @param folder what was written
 * @param rows how many rows were read
 * @param notes for people
 */
public record NewDataset(Path folder, long rows, List<String> notes) {
  public NewDataset {
    notes = List.copyOf(notes);
  }

  /**
   * Studies files and writes the folder of a dataset that reads them.
   *
   * @param from a file, a folder or a pattern
   * @param told the files' format, if a person named it
   * @param environment variables of the process
   * @throws AssayException with exit code 2 if nothing can be proposed; nothing is written then
   */
  public static NewDataset propose(
      SparkSession spark,
      Project project,
      ProjectLocation location,
      String name,
      String from,
      Optional<Source.FileFormat> told,
      Map<String, String> environment) {
    DatasetFolder folder = DatasetFolder.of(project, location, name);
    SourcePlace place = places(project, from);
    if (place.path().isEmpty()) {
      throw outside(project, place);
    }
    String file = place.pattern().getName();
    FileProfile found = new FileStudy(spark, name, file).of(place, told);
    if (found.columns().isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "%s has neither a header nor a row, so there is nothing to propose%s"
              .formatted(from, found.notes().isEmpty() ? "" : ": " + found.notes().get(0)));
    }
    String pipeline = PipelineDraft.of(found.source(), found.columns());
    String contract = new ContractDraft(name, file, found.columns()).proposed(found.profile());
    Path written = folder.write(pipeline, contract, environment, project.environment());
    return new NewDataset(written, found.profile().rows() + found.unreadable(), notes(found));
  }

  /** The files of a folder by their common ending, so that what else comes there is left alone. */
  static SourcePlace places(Project project, String from) {
    SourcePlace place = SourcePlace.of(project, from);
    if (!place.isFolder()) {
      return place;
    }
    return place.ending(FileKind.ending(place.localFiles()).orElse(""));
  }

  private static List<String> notes(FileProfile found) {
    List<String> notes = new ArrayList<>(found.notes());
    if (found.unreadable() > 0) {
      long rows = found.profile().rows() + found.unreadable();
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows cannot be read as the file is written, and would go to quarantine;"
                  + " with more than 10 %% of them a batch is held",
              found.unreadable(),
              rows));
    }
    if (found.profile().rows() == 0) {
      notes.add("the file holds no row, so every column is text");
    }
    return notes;
  }

  private static AssayException outside(Project project, SourcePlace place) {
    String parent = place.pattern().getParent().toString();
    return new AssayException(
        ExitCode.USAGE,
        """
        %s lies neither in the project's folder, %s, nor in a store that it names, so no dataset can read it. \
        Move it there, or name its folder in assay.yaml:

        connections:
          landing:
            store: {root: "%s"}
        """
            .formatted(place.pattern(), project.root().toUri().getPath(), parent)
            .strip());
  }
}
