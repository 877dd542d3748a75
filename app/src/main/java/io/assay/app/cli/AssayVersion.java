package io.assay.app.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: Assay's version, from the jar, and those it stands on. */
final class AssayVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Assay.class.getPackage().getImplementationVersion();
    return new String[] {
      "Assay " + (version == null ? "(not packaged)" : version),
      "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION(),
      "Java " + System.getProperty("java.version")
    };
  }
}
