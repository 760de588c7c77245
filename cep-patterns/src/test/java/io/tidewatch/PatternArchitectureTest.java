package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PatternArchitectureTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tidewatch");

  @Test
  void judgingWindowsNeedsNoFlink() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tidewatch.pattern.window", "io.tidewatch.alert")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..")
        .check(PRODUCTION);
  }

  @Test
  void detectingAnomaliesNeedsNothingButJava() {
    noClasses()
        .that()
        .resideInAPackage("io.tidewatch.anomaly")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "io.tidewatch.metric..", "io.tidewatch.alert..")
        .check(PRODUCTION);
  }

  @Test
  void patternsKnowNothingOfStreams() {
    noClasses()
        .that()
        .resideInAPackage("io.tidewatch.pattern")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink.streaming..",
            "io.tidewatch.pattern.cep",
            "io.tidewatch.pattern.stream")
        .check(PRODUCTION);
  }

  @Test
  void flinksInternalsAreTouchedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tidewatch.pattern.cep")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink.cep.operator..", "org.apache.flink.cep.nfa.compiler..")
        .check(PRODUCTION);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.tidewatch.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }
}
