package io.assay.config;

import io.assay.document.JsonSchema;
import io.assay.document.Paths;
import io.assay.document.ReferencePage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reference of the configuration, made from the records: JSON Schemas for editors and a page
 * for readers. {@code assay schema --write} puts them into {@code docs/reference}.
 */
public final class ConfigurationReference {
  /** The folder of the schemas below the installation's root. */
  public static final String SCHEMAS = "docs/reference/schemas";

  /** The page below the installation's root. */
  public static final String PAGE = "docs/reference/configuration.md";

  private ConfigurationReference() {}

  /** The schemas by file name, each ending with a line break. */
  public static Map<String, String> schemas() {
    Map<String, String> schemas = new TreeMap<>();
    schemas.put("assay.schema.json", JsonSchema.text("assay.yaml", ProjectShapes.SETTINGS));
    schemas.put(
        "dataset.schema.json", JsonSchema.text("A dataset's pipeline.yaml", ProjectShapes.DATASET));
    schemas.put("mart.schema.json", JsonSchema.text("A mart's pipeline.yaml", ProjectShapes.MART));
    return schemas;
  }

  /** The page, in Markdown. */
  public static String page() {
    return new ReferencePage(Set.of(Paths.of(SettingsReader.SOURCES, "NAME")))
        .say(
            """
            # Configuration

            <!-- Made from the records in io.assay.config by `bin/assay schema --write`. Do not edit. -->

            Every key that a project's files may hold. How the files work together is told in
            [configure a project](../how-to/configure.md), contracts in
            [contracts](../how-to/contracts.md).

            ## assay.yaml and env/NAME.yaml

            """)
        .table(ProjectShapes.SETTINGS)
        .say("## datasets/NAME/pipeline.yaml\n\n")
        .table(ProjectShapes.DATASET)
        .say("## marts/NAME/pipeline.yaml\n\nThe file may be absent.\n\n")
        .table(ProjectShapes.MART)
        .text();
  }
}
