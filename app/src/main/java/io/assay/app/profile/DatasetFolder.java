package io.assay.app.profile;

import io.assay.config.ConfigurationException;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.contract.ContractLoader;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Where a proposed dataset is written. Nothing that is there is ever written over. */
final class DatasetFolder {
  private static final String PIPELINE = "pipeline.yaml";

  private final Path project;
  private final Path folder;
  private final String name;

  private DatasetFolder(Path project, String name) {
    this.project = project;
    this.folder = project.resolve("datasets").resolve(name);
    this.name = name;
  }

  /**
   * The folder of a new dataset.
   *
   * @throws AssayException with exit code 2 if the name cannot be a table's or is taken, or the
   *     project is no local folder
   */
  static DatasetFolder of(Project project, ProjectLocation location, String name) {
    if (!TableName.IDENTIFIER.matcher(name).matches() || name.contains("__")) {
      throw new AssayException(
          ExitCode.USAGE,
          "'%s' cannot be a table's name: lower-case letters, digits and single underscores, a letter first; for example '%s'"
              .formatted(name, SafeNames.of(name, "my_dataset")));
    }
    String scheme = location.path().toUri().getScheme();
    if ((scheme != null && !scheme.equals("file")) || location.path().getName().endsWith(".zip")) {
      throw new AssayException(
          ExitCode.USAGE,
          "a dataset is written into a project that is a local folder, not "
              + location.path()
              + ": write it into a copy, and put that in its place");
    }
    DatasetFolder folder = new DatasetFolder(Path.of(project.root().toUri().getPath()), name);
    if (project.datasets().containsKey(name)) {
      throw taken(Path.of(project.datasets().get(name).folder().toUri().getPath()), name);
    }
    if (Files.exists(folder.folder)) {
      throw taken(folder.folder, name);
    }
    return folder;
  }

  /**
   * Writes the files and reads the whole project again; if it is not sound with them, they are
   * taken away.
   *
   * @return the folder
   */
  Path write(String pipeline, String contract, Map<String, String> environment, String env) {
    Path pipelineFile = folder.resolve(PIPELINE);
    Path contractFile = folder.resolve(ContractLoader.FILE);
    try {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(folder);
      create(pipelineFile, pipeline);
      create(contractFile, contract);
    } catch (FileAlreadyExistsException e) {
      throw taken(folder, name);
    } catch (IOException e) {
      throw new AssayException(
          ExitCode.FAILURE, "cannot write " + folder + ": " + e.getMessage(), e);
    }
    try {
      ProjectLoader.load(ProjectLocation.of(project.toString()), env, List.of(), environment);
      return folder;
    } catch (ConfigurationException e) {
      try {
        for (Path file : List.of(pipelineFile, contractFile, folder)) {
          Files.delete(file);
        }
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static void create(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
  }

  private static AssayException taken(Path folder, String name) {
    return new AssayException(
        ExitCode.USAGE,
        "there is a dataset or folder '%s' already: %s. Nothing was written; choose another name, or remove it first"
            .formatted(name, folder));
  }
}
