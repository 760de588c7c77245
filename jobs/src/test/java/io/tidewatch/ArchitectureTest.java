package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidewatch");

  @Test
  void theHeartKnowsNoInfrastructure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tidewatch.event",
            "io.tidewatch.metric",
            "io.tidewatch.metrics",
            "io.tidewatch.ingest",
            "io.tidewatch.intervals",
            "io.tidewatch.currency",
            "io.tidewatch.revenue",
            "io.tidewatch.customers",
            "io.tidewatch.churn",
            "io.tidewatch.segments",
            "io.tidewatch.lifetime",
            "io.tidewatch.models",
            "io.tidewatch.targets",
            "io.tidewatch.rules",
            "io.tidewatch.anomaly",
            "io.tidewatch.alert",
            "io.tidewatch.audit",
            "io.tidewatch.dashboards",
            "io.tidewatch.config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.kafka..",
            "com.clickhouse..",
            "java.sql..",
            "io.tidewatch.metrics.stream..",
            "io.tidewatch.ingest.stream..",
            "io.tidewatch.revenue.stream..",
            "io.tidewatch.customers.stream..",
            "io.tidewatch.currency.stream..",
            "io.tidewatch.intervals.stream..",
            "io.tidewatch.rules.stream..",
            "io.tidewatch.kafka..",
            "io.tidewatch.clickhouse..",
            "io.tidewatch.job..")
        .check(PRODUCTION);
  }

  @Test
  void stagesKnowNeitherSourcesNorSinks() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tidewatch.ingest.stream..",
            "io.tidewatch.currency.stream..",
            "io.tidewatch.metrics.stream..",
            "io.tidewatch.revenue..",
            "io.tidewatch.customers..",
            "io.tidewatch.intervals..",
            "io.tidewatch.time..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tidewatch.kafka..", "io.tidewatch.clickhouse..", "io.tidewatch.job..")
        .check(PRODUCTION);
  }

  @Test
  void onlyItsPackageAndTheJobTouchKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tidewatch.kafka..", "io.tidewatch.job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
        .check(PRODUCTION);
  }

  @Test
  void onlyItsPackageAndTheJobTouchDatabases() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tidewatch.clickhouse..", "io.tidewatch.job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "com.clickhouse..", "org.apache.flink.connector.jdbc..")
        .check(PRODUCTION);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.tidewatch.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }
}
