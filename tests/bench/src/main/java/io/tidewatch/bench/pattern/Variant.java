package io.tidewatch.bench.pattern;

/** What is measured. */
enum Variant {
  FLINK("Flink's operator", Scenario.BREACHES, Disturbance.NONE),
  BREACHES("breaches", Scenario.BREACHES, Disturbance.NONE),
  STORMS("storms", Scenario.STORMS, Disturbance.NONE),
  DROPS("drops", Scenario.REVENUE, Disturbance.NONE),
  STORMS_FAILED("storms, failed", Scenario.STORMS, Disturbance.FAILURE),
  STORMS_RESCALED("storms, rescaled", Scenario.STORMS, Disturbance.RESCALING),
  DROPS_FAILED("drops, failed", Scenario.REVENUE, Disturbance.FAILURE),
  DROPS_RESCALED("drops, rescaled", Scenario.REVENUE, Disturbance.RESCALING);

  /** What happens to the job on its way. */
  enum Disturbance {
    NONE,
    /** It fails after a checkpoint and goes on from there. */
    FAILURE,
    /** It is stopped with a savepoint and goes on in one subtask instead of two. */
    RESCALING
  }

  private final String title;
  private final Scenario scenario;
  private final Disturbance disturbance;

  Variant(String title, Scenario scenario, Disturbance disturbance) {
    this.title = title;
    this.scenario = scenario;
    this.disturbance = disturbance;
  }

  String title() {
    return title;
  }

  Scenario scenario() {
    return scenario;
  }

  Disturbance disturbance() {
    return disturbance;
  }

  boolean isFlinks() {
    return this == FLINK;
  }

  Workload workload(int series, int rounds) {
    return switch (scenario) {
      case BREACHES, STORMS -> new Workload(scenario, "api_errors", "1m", series, rounds);
      case REVENUE -> new Workload(scenario, "net_revenue", "1d", series, rounds);
    };
  }
}
