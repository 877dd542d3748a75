package io.assay.app.spec;

import io.assay.config.ConfigurationException;
import io.assay.config.Project;
import io.assay.document.Element.Mapping;
import io.assay.document.Problems;
import io.assay.document.YamlReader;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files {@code tests/*.yaml} of a project. */
final class SpecFiles {
  private static final String FOLDER = "tests";

  private SpecFiles() {}

  /**
   * Every case of every file, in order. Starts no Spark.
   *
   * @throws ConfigurationException with every mistake, by file and line
   */
  static List<SpecCase> read(Project project, Configuration hadoop) {
    Problems problems = new Problems();
    List<SpecCase> cases = new ArrayList<>();
    texts(new Path(project.root(), FOLDER), hadoop)
        .forEach(
            (file, text) -> {
              Mapping document = YamlReader.read(file, text, problems).orElse(null);
              if (document != null) {
                cases.addAll(new SpecReader(project, problems).cases(file, document));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems.all());
    }
    return cases;
  }

  private static Map<String, String> texts(Path folder, Configuration hadoop) {
    Map<String, String> texts = new TreeMap<>();
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      for (FileStatus status : files.listStatus(folder)) {
        String name = status.getPath().getName();
        if (status.isFile() && name.endsWith(".yaml")) {
          try (InputStream in = files.open(status.getPath())) {
            texts.put(FOLDER + "/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
      return texts;
    } catch (FileNotFoundException e) {
      return texts;
    } catch (IOException e) {
      throw new AssayException(
          ExitCode.CONFIGURATION, "the tests in " + folder + " cannot be read: " + e, e);
    }
  }
}
