package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationCheckTest {
  private static final String MART = "marts/order_counts/";
  private static final String SETTINGS =
      """
      project: shop
      connections:
        landing: {store: {root: /data}}
        crm: {jdbc: {url: "jdbc:postgresql://db.example.com/crm", user: assay, password: "${env:PASSWORD}"}}
        maria: {jdbc: {url: "jdbc:mariadb://db.example.com/crm"}}
      """;

  @TempDir Path folder;

  private ProjectFolder project(String pipeline) {
    return ProjectFolder.sound(folder)
        .write("assay.yaml", SETTINGS)
        .write(MART + "pipeline.yaml", pipeline);
  }

  private static List<String> problems(ProjectFolder project) {
    return project.problems("", List.of(), Map.of("PASSWORD", "s3cret"));
  }

  @Test
  void aMartSaysWhereItGoes() {
    Project project =
        project(
                """
                publish:
                  crm_counts:
                    to: {postgres: {connection: crm, table: public.counts}}
                    columns: {number: id, state: status}
                    continuous: {every: 10s}
                """)
            .load("", List.of(), Map.of("PASSWORD", "s3cret"));

    Publication publication = project.publication("crm_counts").orElseThrow();
    assertThat(publication.to()).isEqualTo(new Destination.Postgres("crm", "public.counts", false));
    assertThat(publication.mode()).isEqualTo(Publication.Mode.CHANGES);
    assertThat(project.published("crm_counts").map(Mart::name)).contains("order_counts");
    assertThat(project.continuous(TableName.publish("crm_counts"))).isPresent();
    assertThat(project.continuous(TableName.gold("order_counts"))).isEmpty();
    assertThat(project.toString()).doesNotContain("s3cret");
  }

  @Test
  void everyMistakeIsSaid() {
    List<String> problems =
        problems(
            project(
                """
                publish:
                  copy:
                    to: {postgres: {connection: landing, table: a.b.c}}
                    columns: {x: statuss, y: updated_at}
                    schedule: daily
                    continuous: {every: 10s}
                  Bad-Name:
                    to: {postgres: {connecton: crm, table: t}}
                  other:
                    to: {postgres: {connection: crn, table: t}}
                  third:
                    to: {postgres: {connection: maria, table: t}}
                  fifth:
                    to: {redis: {connection: crm, prefix: "a:*"}}
                    columns: {_x: id}
                  fourth:
                    to: {http: {connection: crm, path: ../x, rows: 0, idempotency_header: Host}}
                """));
    String file = MART + "pipeline.yaml:";
    assertThat(problems)
        .contains(
            file
                + "3:21: publish.copy.to.postgres.connection: connection 'landing' is of kind"
                + " store; postgres needs one of kind jdbc",
            file
                + "3:42: publish.copy.to.postgres.table: must be a table's name such as"
                + " public.customers",
            file + "4:5: publish.copy.columns: the key goes out, too: add id",
            file
                + "4:15: publish.copy.columns.x: the contract has no column 'statuss'; did you mean"
                + " 'status'?",
            file
                + "6:5: publish.copy.continuous: excludes schedule: either assay stream starts the"
                + " jobs, or a scheduler",
            file
                + "7:3: publish.Bad-Name: a publication's name is lower-case letters, digits and"
                + " underscores",
            file
                + "10:21: publish.other.to.postgres.connection: assay.yaml has no connection 'crn';"
                + " did you mean 'crm'?",
            file
                + "12:21: publish.third.to.postgres.connection: connection 'maria' is no database"
                + " of PostgreSQL",
            file
                + "14:18: publish.fifth.to.redis.connection: connection 'crm' is of kind jdbc; redis"
                + " needs one of kind redis",
            file
                + "14:35: publish.fifth.to.redis.prefix: must be letters, digits, '_', '-' and '.',"
                + " without ':'",
            file + "15:15: publish.fifth.columns._x: a field's name does not begin with '_'",
            file
                + "17:17: publish.fourth.to.http.connection: connection 'crm' is of kind jdbc; http"
                + " needs one of kind http",
            file
                + "17:34: publish.fourth.to.http.path: must be a path such as customers/batch,"
                + " without '..'",
            file + "17:46: publish.fourth.to.http.rows: must be at least 1",
            file
                + "17:55: publish.fourth.to.http.idempotency_header: must be the name of a header,"
                + " and none that Assay sets itself")
        .hasSize(16)
        .anyMatch(line -> line.contains("connecton") && line.contains("connection"));
  }

  @Test
  void rowsNeedAKeyAndPersonalColumnsGoOnlyByName() {
    ProjectFolder project =
        project("publish: {copy: {to: {postgres: {connection: crm, table: t}}}}\n");
    project.replace(MART + "contract.odcs.yaml", "primaryKey: true", "tags: [pii]");
    project.write("marts/again/mart.sql", "SELECT id, status FROM gold.order_counts\n");
    project.write("marts/again/contract.odcs.yaml", ProjectFolder.contract("again"));
    project.write(
        "marts/again/pipeline.yaml",
        "publish: {copy: {to: {postgres: {connection: crm, table: t}}}}\n");
    assertThat(problems(project))
        .containsExactlyInAnyOrder(
            MART
                + "pipeline.yaml:1:11: publish.copy: needs a key: mark it with primaryKey in the"
                + " mart's contract, so that a row can be told from another",
            MART
                + "pipeline.yaml:1:11: publish.copy: id: tagged pii. Name under columns what is to"
                + " go out",
            MART
                + "pipeline.yaml:1:11: publish.copy: there is another publication 'copy' in"
                + " marts/again");
  }
}
