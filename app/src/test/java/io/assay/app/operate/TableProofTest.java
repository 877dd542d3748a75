package io.assay.app.operate;

import static io.assay.app.operate.CustomerProject.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableProofTest {
  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;

  @Test
  void aVersionThatIsDeletedByHandIsMissedWithItsBatch() throws Exception {
    CustomerProject customers = new CustomerProject(folder);
    Project project = customers.load();
    TableProof proof = new TableProof(spark, project);
    assertThat(proof.check(CUSTOMERS)).isEmpty();
    customers.land("customers-1.jsonl", "a Bath 01 U");
    customers.land("customers-2.jsonl", "a Hull 02 U");
    assertThat(proof.check(CUSTOMERS)).isEmpty();

    TableName history = TableName.history("customers");
    DeltaTable.forPath(spark, project.warehouse().path(history).toString()).delete("city = 'Hull'");
    assertThat(proof.check(CUSTOMERS))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.table()).isEqualTo(history);
              assertThat(found.batch()).isEqualTo(2);
              assertThat(found.message())
                  .contains("1 rows are missing, 0 surplus, 0 different")
                  .contains("assay rebuild silver.customers");
            });
  }
}
