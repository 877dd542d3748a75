package io.assay.config;

import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.document.Problems;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.table.Warehouse.Imported;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** Reads and checks what {@code imports} names: tables of other projects. */
final class ImportsReader {
  private static final Set<Layer> READABLE = Set.of(Layer.BRONZE, Layer.SILVER, Layer.GOLD);

  private final Path project;
  private final Mapping document;
  private final Problems problems;
  private final Map<TableName, Imported> imported = new TreeMap<>();
  private final Map<TableName, Object[]> places = new TreeMap<>();

  /**
   * @param project the project's folder
   * @param document {@code assay.yaml}, after overlays
   */
  ImportsReader(Path project, Mapping document, Problems problems) {
    this.project = project;
    this.document = document;
    this.problems = problems;
  }

  /** The imported tables by their names here, a silver table's history among them. */
  Map<TableName, Imported> read(ProjectSettings settings) {
    if (settings.imports() != null) {
      Optional<Path> own =
          Optional.ofNullable(settings.warehouse())
              .flatMap(warehouse -> WarehousePath.of(project, warehouse));
      settings.imports().forEach((name, each) -> read(name, each, own));
    }
    return imported;
  }

  /** Notes each import that has the name of a table that this project fills. */
  void checkAgainst(Map<String, Dataset> datasets, Map<String, Mart> marts) {
    Set<TableName> own = new TreeSet<>();
    datasets.forEach(
        (name, dataset) -> {
          own.add(TableName.silver(name));
          own.add(TableName.history(name));
          if (dataset.pipeline() != null && dataset.lands()) {
            own.add(TableName.bronze(name));
          }
        });
    marts.keySet().forEach(name -> own.add(TableName.gold(name)));
    Set<String> said = new TreeSet<>();
    for (TableName table : imported.keySet()) {
      Object[] place = places.get(table);
      if (own.contains(table) && said.add(Paths.of(place))) {
        problem(
            "this project fills " + table + " itself: give the imported one another name", place);
      }
    }
  }

  private void read(String name, Import each, Optional<Path> own) {
    if (each == null || each.warehouse() == null || each.tables() == null) {
      return;
    }
    WarehousePath.problem(project, each.warehouse())
        .ifPresent(message -> problem(message, "imports", name, "warehouse"));
    Optional<Path> root = WarehousePath.of(project, each.warehouse());
    if (root.isEmpty()) {
      return;
    } else if (own.equals(root)) {
      problem("is this project's own warehouse: import another's", "imports", name, "warehouse");
      return;
    }
    each.tables().forEach((key, theirs) -> table(name, key, theirs, root.get()));
    for (int i = 0; each.documents() != null && i < each.documents().size(); i++) {
      TableName table = each.documents().get(i);
      if (table != null
          && (table.layer() != Layer.BRONZE || !each.tables().containsKey(table.toString()))) {
        problem(
            "'"
                + table
                + "' is no bronze table of this import"
                + Nearest.hint(table.toString(), each.tables().keySet()),
            "imports",
            name,
            "documents",
            i);
      }
    }
  }

  private void table(String name, String key, TableName theirs, Path root) {
    Optional<TableName> here = TableName.parse(key);
    if (here.isEmpty() || here.get().name().contains("__")) {
      problem(
          "expected the name that a table gets here, such as silver.orders, found '" + key + "'",
          "imports",
          name,
          "tables",
          key);
    } else if (theirs == null) {
      return;
    } else if (theirs.layer() != here.get().layer() || !READABLE.contains(theirs.layer())) {
      problem(
          "a table keeps its layer, bronze, silver or gold: "
              + theirs
              + " cannot be "
              + here.get()
              + " here",
          "imports",
          name,
          "tables",
          key);
    } else {
      add(name, key, here.get(), new Imported(root, theirs));
      if (theirs.layer() == Layer.SILVER) {
        add(
            name,
            key,
            TableName.history(here.get().name()),
            new Imported(root, TableName.history(theirs.name())));
      }
    }
  }

  private void add(String name, String key, TableName here, Imported table) {
    Object[] place = {"imports", name, "tables", key};
    places.put(here, place);
    if (imported.putIfAbsent(here, table) != null) {
      problem("there is another import " + here + ": give one another name", place);
    }
  }

  private void problem(String message, Object... path) {
    problems.add(document.at(path), Paths.of(path), message);
  }
}
