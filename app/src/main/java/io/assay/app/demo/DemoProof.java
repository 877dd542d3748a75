package io.assay.app.demo;

import io.assay.app.operate.MartProofs;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.MartProof;
import io.assay.job.Units;
import io.assay.table.TableName;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;

/** Every mart, computed once more and compared: what {@code assay verify 'gold.*'} does. */
final class DemoProof {
  private static final int PARALLEL = 2;

  private final DemoPage page;
  private final SparkSession spark;
  private final Project project;

  DemoProof(DemoPage page, SparkSession spark, Project project) {
    this.page = page;
    this.spark = spark;
    this.project = project;
  }

  /**
   * Proves them and tells it.
   *
   * @throws AssayException if a mart has never been made, or holds other rows than its query gives
   */
  void tell() {
    page.chapter("Are the marts right?");
    page.say(
        "Over the three days most marts were not computed as a whole, but by the rows that had changed."
            + " So each is computed once more, all of it, over the very versions of the tables that it"
            + " is made of, and compared row by row. bin/assay verify 'gold.*' does the same:");
    SortedMap<TableName, MartProof.Result> proofs = new MartProofs(spark, project).all(PARALLEL);
    DemoTable table = new DemoTable("mart", "rows", "missing", "surplus", "different");
    proofs.forEach(
        (mart, proof) ->
            table.row(mart, proof.rows(), proof.missing(), proof.surplus(), proof.different()));
    page.table(table);
    for (String mart : project.marts().keySet()) {
      TableName name = TableName.gold(mart);
      if (!proofs.containsKey(name)) {
        throw wrong(name, "it was never made");
      }
      proofs
          .get(name)
          .message()
          .ifPresent(
              message -> {
                throw wrong(name, message);
              });
    }
    page.say(
        "All "
            + Units.count(proofs.size(), "mart")
            + " are what their queries give, to the last row.");
  }

  private static AssayException wrong(TableName mart, String message) {
    return new AssayException(
        ExitCode.FAILURE, "the demo stops: " + mart + ": " + message + "; please report this");
  }
}
