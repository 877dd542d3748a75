package io.assay.e2e;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The structure that DESIGN and the decisions promise, kept by the build. */
@AnalyzeClasses(packages = "io.assay", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
  private static final int MOST_LINES = 300;

  /** What is shipped, from folders or jars. */
  static final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  @ArchTest final ArchRule bronzeKnowsNoOtherLayer = layer("bronze", "silver", "gold", "app");

  @ArchTest final ArchRule silverKnowsNoOtherLayer = layer("silver", "bronze", "gold", "app");

  @ArchTest final ArchRule goldKnowsNoOtherLayer = layer("gold", "bronze", "silver", "app");

  @ArchTest
  final ArchRule sharedCodeKnowsNoLayer =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.assay.bronze..", "io.assay.silver..", "io.assay.gold..", "io.assay.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.assay.bronze..", "io.assay.silver..", "io.assay.gold..", "io.assay.app..");

  @ArchTest
  final ArchRule packagesHaveNoCycles =
      slices().matching("io.assay.(**)").should().beFreeOfCycles();

  /** Servers are programs of their own. */
  @ArchTest
  final ArchRule onlyTheCommandLineAndMainsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.assay.app.cli..", "io.assay.job..", "io.assay.server..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  final ArchRule oneClassEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.assay.job.ProcessExit")
          .and()
          .resideOutsideOfPackage("io.assay.server..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  final ArchRule oneClassCrashes =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.assay.batch.FaultInjection")
          .should()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  final ArchRule timeIsInjected =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.assay.job.ProcessContext")
          .should(callMethod(System.class, "currentTimeMillis"))
          .orShould(callMethod(Instant.class, "now"))
          .orShould(callMethod(LocalDate.class, "now"))
          .orShould(callMethod(LocalDateTime.class, "now"))
          .orShould(callMethod(Clock.class, "systemUTC"))
          .orShould(callMethod(Clock.class, "systemDefaultZone"));

  @ArchTest
  final ArchRule onePackageTalksToDeequ =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.assay.quality..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazon.deequ..");

  @ArchTest
  final ArchRule oneClassOpensSessions =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.assay.session.SparkSessions")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.SparkSession$Builder");

  private static ArchRule layer(String layer, String... others) {
    String[] packages =
        Stream.of(others).map(other -> "io.assay." + other + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.assay." + layer + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  @Test
  void everyFileReadsFromTopToBottomInUnder300Lines() throws IOException {
    try (Stream<Path> files = Files.walk(Installation.root())) {
      List<String> tooLong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(file -> lines(file) >= MOST_LINES)
              .map(file -> file.getFileName() + ": " + lines(file))
              .toList();
      assertThat(tooLong).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
