package io.assay.app.spec;

import io.assay.app.plan.TableShapes;
import io.assay.app.spec.SpecCase.Batch;
import io.assay.app.spec.SpecCase.ExpectedRows;
import io.assay.config.Project;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the cases of one test file: names with {@code given}, {@code run} and {@code expect}. */
final class SpecReader {
  private static final List<String> KEYS = SpecShape.keys();
  private static final String HELD = "held";
  private static final String ACCOUNT = "account";
  private static final List<String> TERMS =
      List.of(
          "read",
          "expanded",
          "implied",
          "applied",
          "unchanged",
          "superseded",
          "duplicate",
          "quarantined",
          "filtered");

  private final Problems problems;
  private final TableShapes shapes;
  private final GivenRows givenRows;
  private final ExpectedTable expectedTable;
  private final List<String> jobs = new ArrayList<>();

  SpecReader(Project project, Problems problems) {
    this.problems = problems;
    this.shapes = new TableShapes(project);
    this.givenRows = new GivenRows(project, shapes, problems);
    this.expectedTable = new ExpectedTable(shapes, problems);
    project.datasets().keySet().forEach(name -> jobs.add(TableName.silver(name).toString()));
    project.marts().keySet().forEach(name -> jobs.add(TableName.gold(name).toString()));
  }

  /** The cases of a file, as far as they can be read. */
  List<SpecCase> cases(String file, Mapping document) {
    List<SpecCase> cases = new ArrayList<>();
    document
        .values()
        .forEach(
            (name, element) -> {
              if (element instanceof Mapping mapping) {
                cases.add(specCase(file, name, document.keyPosition(name).line(), mapping));
              } else {
                problems.add(element.position(), name, "a case has given and expect");
              }
            });
    return cases;
  }

  private SpecCase specCase(String file, String name, int line, Mapping mapping) {
    mapping
        .values()
        .keySet()
        .forEach(
            key -> {
              if (!KEYS.contains(key)) {
                unknown(mapping.keyPosition(key), name, key, KEYS);
              }
            });
    Map<TableName, List<Batch>> given = given(file, name, part(mapping, "given", name));
    Map<TableName, ExpectedRows> expected = new LinkedHashMap<>();
    Map<TableName, List<String>> held = new LinkedHashMap<>();
    Map<TableName, Map<String, Long>> account = new LinkedHashMap<>();
    Mapping expect = part(mapping, "expect", name);
    expect
        .values()
        .forEach(
            (key, element) -> {
              String path = name + ".expect." + key;
              switch (key) {
                case HELD -> held.putAll(held(element, path));
                case ACCOUNT -> account.putAll(account(element, path));
                default ->
                    table(
                            key,
                            expect.keyPosition(key),
                            path,
                            Set.of(Layer.SILVER, Layer.GOLD, Layer.QUARANTINE))
                        .ifPresent(
                            table -> expected.put(table, expectedTable.read(table, element, path)));
              }
            });
    return new SpecCase(file, line, name, given, run(mapping, name), expected, held, account);
  }

  private Map<TableName, List<Batch>> given(String file, String name, Mapping tables) {
    Map<TableName, List<Batch>> given = new TreeMap<>();
    tables
        .values()
        .forEach(
            (key, element) -> {
              String path = name + ".given." + key;
              givenTable(key, tables.keyPosition(key), path)
                  .ifPresent(table -> given.put(table, givenRows.read(table, element, file, path)));
            });
    return given;
  }

  private Mapping part(Mapping mapping, String key, String path) {
    Optional<Element> value = mapping.value(key);
    if (value.isPresent() && value.get() instanceof Mapping part) {
      return part;
    }
    problems.add(
        mapping.keyPosition(key),
        path,
        value.isPresent() ? "'" + key + "' holds tables" : "the key '" + key + "' is missing");
    return Mapping.empty(mapping.position());
  }

  private Optional<TableName> givenTable(String key, Position position, String path) {
    Optional<TableName> imported = TableName.parse(key).filter(shapes.imported()::contains);
    return imported.isPresent()
        ? imported
        : table(key, position, path, Set.of(Layer.BRONZE, Layer.SILVER, Layer.GOLD));
  }

  private Optional<TableName> table(String key, Position position, String path, Set<Layer> layers) {
    List<String> known =
        shapes.names().stream().filter(n -> layers.contains(TableName.of(n).layer())).toList();
    if (!known.contains(key)) {
      problems.add(
          position,
          path,
          "there is no table '" + key + "' to name here" + Nearest.hint(key, known));
      return Optional.empty();
    }
    return TableName.parse(key);
  }

  private Set<TableName> run(Mapping mapping, String name) {
    Set<TableName> selected = new TreeSet<>();
    for (Element item : items(mapping.value("run"))) {
      job(item, name + ".run").ifPresent(selected::add);
    }
    return selected;
  }

  private Optional<TableName> job(Element element, String path) {
    String text = element instanceof Scalar scalar ? scalar.text() : "";
    if (!jobs.contains(text)) {
      problems.add(
          element.position(), path, "there is no job '" + text + "'" + Nearest.hint(text, jobs));
      return Optional.empty();
    }
    return TableName.parse(text);
  }

  private Map<TableName, List<String>> held(Element element, String path) {
    Map<TableName, List<String>> held = new LinkedHashMap<>();
    if (element instanceof Mapping mapping) {
      mapping
          .values()
          .forEach(
              (key, rules) ->
                  job(new Scalar(mapping.keyPosition(key), key, Scalar.Kind.TEXT, false), path)
                      .ifPresent(
                          job ->
                              held.put(
                                  job,
                                  items(Optional.of(rules)).stream()
                                      .filter(Scalar.class::isInstance)
                                      .map(rule -> ((Scalar) rule).text())
                                      .sorted()
                                      .toList())));
    } else {
      problems.add(element.position(), path, "expected jobs with the rules that hold them");
    }
    return held;
  }

  private Map<TableName, Map<String, Long>> account(Element element, String path) {
    Map<TableName, Map<String, Long>> accounts = new LinkedHashMap<>();
    if (!(element instanceof Mapping mapping)) {
      problems.add(element.position(), path, "expected jobs with terms of their accounts");
      return accounts;
    }
    mapping
        .values()
        .forEach(
            (key, terms) -> {
              Position at = mapping.keyPosition(key);
              job(new Scalar(at, key, Scalar.Kind.TEXT, false), path)
                  .ifPresent(job -> accounts.put(job, terms(terms, path + "." + key)));
            });
    return accounts;
  }

  private Map<String, Long> terms(Element element, String path) {
    Map<String, Long> terms = new LinkedHashMap<>();
    if (!(element instanceof Mapping mapping)) {
      problems.add(element.position(), path, "expected terms with numbers, such as {read: 3}");
      return terms;
    }
    mapping
        .values()
        .forEach(
            (term, value) -> {
              if (!TERMS.contains(term)) {
                unknown(mapping.keyPosition(term), path, term, TERMS);
              } else if (value instanceof Scalar number && number.kind() == Scalar.Kind.WHOLE) {
                terms.put(term, Long.valueOf(number.text()));
              } else {
                problems.add(value.position(), path + "." + term, "expected a number of rows");
              }
            });
    return terms;
  }

  private static List<Element> items(Optional<Element> element) {
    return element
        .map(found -> found instanceof Sequence sequence ? sequence.items() : List.of(found))
        .orElse(List.of());
  }

  private void unknown(Position position, String path, String key, List<String> known) {
    problems.add(position, path, "unknown key '" + key + "'" + Nearest.hint(key, known));
  }
}
