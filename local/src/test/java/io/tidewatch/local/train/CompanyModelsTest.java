package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.company.Company;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a company whose customers leave for known causes. */
class CompanyModelsTest {

  private static final Instant FOUNDED = Instant.parse("2025-01-06T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-01-06");

  @TempDir private static Path directory;
  private static Warehouse warehouse;

  @BeforeAll
  static void live() {
    long seed = Long.getLong("company.seed", 11);
    warehouse =
        Warehouse.ofCompany(directory, Company.founded(seed, 400, FOUNDED), Duration.ofDays(365));
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void foreseesWhoLeaves() {
    ChurnTraining.Result result = new ChurnTraining(warehouse.history()).train(TODAY);
    System.out.println(result.document().card());
    assertThat(result.evaluation().auc()).isGreaterThanOrEqualTo(0.85);
  }
}
