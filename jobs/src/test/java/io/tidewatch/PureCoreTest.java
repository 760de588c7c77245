package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tidewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class PureCoreTest {

  @ArchTest
  static final ArchRule METRICS_AND_CONFIGURATION_KNOW_NO_INFRASTRUCTURE =
      noClasses()
          .that()
          .resideInAnyPackage("io.tidewatch.metrics", "io.tidewatch.config")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..",
              "org.apache.kafka..",
              "com.clickhouse..",
              "io.tidewatch.metrics.stream..");
}
