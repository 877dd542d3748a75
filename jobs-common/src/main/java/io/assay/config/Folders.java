package io.assay.config;

import io.assay.contract.ContractLoader;
import io.assay.document.Nearest;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.table.TableName;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Finds the datasets or marts of a project: a folder with files of known names, at any depth. */
final class Folders {
  private Folders() {}

  /**
   * Where the contract of a dataset or mart begins.
   *
   * @param root of the project
   */
  static Position contract(Path root, Path folder) {
    String name = root.toUri().relativize(folder.toUri()).getPath();
    return Position.startOf(name + "/" + ContractLoader.FILE);
  }

  /**
   * The folders that hold at least one of the files, by the folder's own name.
   *
   * @param top {@code datasets} or {@code marts}
   * @param known the files' names; others are among the problems
   */
  static Map<String, String> below(
      String top, Set<String> known, ProjectFiles files, Problems problems) {
    Map<String, String> folders = new TreeMap<>();
    for (String file : files.texts().keySet()) {
      if (!file.startsWith(top + "/")) {
        continue;
      }
      int slash = file.lastIndexOf('/');
      String folder = file.substring(0, slash);
      String own = file.substring(slash + 1);
      if (!known.contains(own)) {
        problems.add(
            Position.of(file), "", "no file of this name belongs here" + Nearest.hint(own, known));
      } else if (folder.equals(top)) {
        problems.add(
            Position.of(file), "", "belongs into a folder of its own: " + top + "/NAME/" + own);
      } else {
        add(folders, folder, file, problems);
      }
    }
    return folders;
  }

  private static void add(
      Map<String, String> folders, String folder, String file, Problems problems) {
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    String other = folders.get(name);
    if (folder.equals(other)) {
      return;
    } else if (other != null) {
      problems.add(
          Position.of(file),
          "",
          "the name '" + name + "' is taken by " + other + "; names are unique");
    } else if (!TableName.IDENTIFIER.matcher(name).matches() || name.contains("__")) {
      problems.add(
          Position.of(file),
          "",
          "the folder's name '"
              + name
              + "' must be a table's name: lower-case letters, digits and single underscores,"
              + " beginning with a letter");
    } else {
      folders.put(name, folder);
    }
  }
}
