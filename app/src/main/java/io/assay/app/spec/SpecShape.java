package io.assay.app.spec;

import io.assay.document.Element;
import io.assay.document.JsonSchema;
import io.assay.document.Setting;
import io.assay.document.Shape;
import io.assay.document.Shapes;
import java.util.List;
import java.util.Map;

/**
 * What a case of {@code tests/*.yaml} may hold. Which tables, columns and values fit, its reader
 * tells, for that depends on the project.
 */
public record SpecShape(
    @Setting(
            "What tables hold before a job runs: a list of rows by table, or for bronze.X a list of"
                + " such lists, batch by batch.")
        Map<String, List<Element>> given,
    @Setting(
            "The jobs to run, such as silver.orders. By default those that lie between what is given"
                + " and what is expected.")
        List<String> run,
    @Setting(
            "What tables hold afterwards: a list of rows by table. held: the rules that hold each"
                + " job's batch. account: terms of each job's account.")
        Map<String, Element> expect) {

  /** The schema's file. */
  public static final String SCHEMA_FILE = "tests.schema.json";

  private static final Shape.Fields CASE =
      (Shape.Fields) new Shapes(Shapes.Naming.SNAKE_CASE, List.of()).of(SpecShape.class);

  /** The JSON Schema of a file, for editors. */
  public static String schema() {
    return JsonSchema.text("tests/*.yaml of a project", new Shape.MapOf(CASE));
  }

  static List<String> keys() {
    return CASE.fields().stream().map(Shape.Field::key).toList();
  }
}
