package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PureCoreTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidewatch");

  @Test
  void metricsAndConfigurationKnowNoInfrastructure() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tidewatch.metrics", "io.tidewatch.config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "org.apache.kafka..",
            "com.clickhouse..",
            "io.tidewatch.metrics.stream..")
        .check(PRODUCTION);
  }
}
