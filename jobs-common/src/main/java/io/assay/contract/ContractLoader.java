package io.assay.contract;

import io.assay.contract.StandardDocument.SchemaObject;
import io.assay.document.Binder;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Problems;
import io.assay.document.YamlReader;
import io.assay.sql.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code contract.odcs.yaml}: Open Data Contract Standard 3.1.0, one table a document. */
public final class ContractLoader {
  /** The name that a contract's file has in every folder. */
  public static final String FILE = "contract.odcs.yaml";

  private final Problems problems;
  private final Map<String, SqlFunction> functions;

  /**
   * @param problems where mistakes go
   * @param functions of the project, by lower-case name; rules of type sql may use them
   */
  public ContractLoader(Problems problems, Map<String, SqlFunction> functions) {
    this.problems = problems;
    this.functions = functions;
  }

  /**
   * Reads a contract.
   *
   * @param file as problems name it
   * @param table the folder's name, which the schema object must have
   * @return what could be read, for other checks to go on with; it is whole only if there are no
   *     problems. Empty if nothing could be read
   */
  public Optional<Contract> load(String file, String text, String table) {
    return YamlReader.read(file, text, problems).flatMap(document -> contract(document, table));
  }

  private Optional<Contract> contract(Mapping document, String table) {
    StandardDocument standard =
        (StandardDocument) new Binder(problems, true).bind(StandardDocument.SHAPE, document, "");
    if (standard == null) {
      return Optional.empty();
    }
    expect(document, "kind", standard.kind(), StandardDocument.KIND);
    expect(document, "apiVersion", standard.apiVersion(), StandardDocument.API_VERSION);
    if (standard.schema() == null) {
      return Optional.empty();
    } else if (standard.schema().size() != 1) {
      problems.add(
          document.keyPosition("schema"),
          "schema",
          "expected exactly one object, named '" + table + "'");
      return Optional.empty();
    }
    Element place = ((Sequence) document.values().get("schema")).items().get(0);
    return contract(standard, place, table);
  }

  private Optional<Contract> contract(StandardDocument standard, Element place, String table) {
    SchemaObject object = standard.schema().get(0);
    if (object == null || object.properties() == null) {
      return Optional.empty();
    }
    if (object.name() != null && !object.name().equals(table)) {
      problems.add(
          place.at("name"),
          "schema[0].name",
          "the object is named '" + object.name() + "', and its folder '" + table + "'");
    }
    TableContract contract = new TableContract(problems, object, place, functions);
    return Optional.of(
        new Contract(
            standard.id(),
            standard.version(),
            table,
            some(standard.domain()),
            some(object.description()).or(() -> purpose(standard)),
            owner(standard),
            contract.columns(),
            contract.rowRules(),
            contract.batchRules()));
  }

  private void expect(Mapping document, String key, String found, String expected) {
    if (found != null && !found.equals(expected)) {
      problems.add(
          document.keyPosition(key), key, "expected " + expected + ", found '" + found + "'");
    }
  }

  /** A value that may be null because it was reported already. */
  static <T> Optional<T> some(Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }

  private static Optional<String> purpose(StandardDocument standard) {
    return some(standard.description()).flatMap(description -> text(description, "purpose"));
  }

  /** The member whose role is owner, or else the team's name. */
  private static Optional<String> owner(StandardDocument standard) {
    Optional<Element> team = some(standard.team());
    Optional<Element> members =
        team.flatMap(t -> t instanceof Mapping mapping ? mapping.value("members") : team);
    List<Element> people =
        members.isPresent() && members.get() instanceof Sequence sequence
            ? sequence.items()
            : List.of();
    return people.stream()
        .filter(person -> text(person, "role").filter("owner"::equalsIgnoreCase).isPresent())
        .findFirst()
        .flatMap(person -> text(person, "name").or(() -> text(person, "username")))
        .or(() -> team.flatMap(t -> text(t, "name")));
  }

  private static Optional<String> text(Element element, String key) {
    return element instanceof Mapping mapping
            && mapping.values().get(key) instanceof Scalar scalar
            && scalar.kind() != Scalar.Kind.NULL
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
