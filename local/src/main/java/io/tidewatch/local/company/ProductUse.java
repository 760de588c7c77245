package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What customers' people do in the product: log in, use features, run workflows, integrate. */
final class ProductUse implements Part {

  /** Of a customer of mean size on a working day. */
  private static final double LOGINS_PER_DAY = 0.9;

  /** Of whoever relies on the product, large or small, besides; more often in a trial. */
  private static final double HABIT = 0.9;

  private static final double HABIT_IN_TRIAL = 3;
  private static final double FEATURES_PER_LOGIN = 1.8;
  private static final double WRONG_PASSWORD = 0.04;
  private static final double RUNS_WORKFLOW = 0.28;
  private static final double WORKFLOW_COMPLETES = 0.9;
  private static final double INTEGRATES = 0.12;
  private static final double INTEGRATION_WORKS = 0.93;
  private static final double SEES_EXPERIMENT = 0.12;

  private static final List<String> FEATURES =
      List.of(
          "dashboard",
          "model-catalog",
          "batch-jobs",
          "usage-report",
          "alerts",
          "playground",
          "fine-tuning",
          "team-settings",
          "audit-trail",
          "exports");
  private static final List<String> WORKFLOWS =
      List.of("import-dataset", "deploy-model", "nightly-report");
  private static final List<String> INTEGRATIONS =
      List.of("slack", "s3", "snowflake", "github", "jira");

  private final Clientele clientele;
  private final Randomness randomness;

  ProductUse(Clientele clientele, Randomness randomness) {
    this.clientele = clientele;
    this.randomness = randomness;
  }

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      return;
    }
    Dice dice = randomness.dice("product", hour.number());
    Crowd crowd = clientele.crowd(hour.start());
    double expected = crowd.use() * LOGINS_PER_DAY / 24 * Rhythm.OFFICE.at(hour);
    dice.times(hour, expected).forEach(time -> work(crowd.draw(dice), time, dice, feed));
    Dice habits = randomness.dice("habits", hour.number());
    double share = Rhythm.OFFICE.at(hour) / 24;
    for (Customer customer : clientele.all()) {
      double habit = customer.is(Customer.Status.TRIAL) ? HABIT_IN_TRIAL : HABIT;
      if (customer.reliesOnProduct(hour.start()) && habits.chance(habit * share)) {
        work(customer, habits.within(hour), habits, feed);
      }
    }
  }

  private static void work(Customer customer, Instant login, Dice dice, Feed feed) {
    String user = customer.anyUser(dice);
    String session = "app-" + user + "-" + Long.toString(login.toEpochMilli() / 1000, 36);
    String ip = addressOf(user);
    if (dice.chance(WRONG_PASSWORD)) {
      feed.tell(of(customer, user, "auth.failed", login).with("ip", ip));
    }
    feed.tell(of(customer, user, "auth.succeeded", login.plusSeconds(8)).with("ip", ip));
    if (dice.chance(SEES_EXPERIMENT)) {
      Experiments.CHECKLIST.meet(
          of(customer, user, "experiment.exposed", login.plusSeconds(9)), user, dice, feed);
    }
    Instant time = login.plusSeconds(10);
    int features = 1 + dice.count(FEATURES_PER_LOGIN - 1);
    for (int i = 0; i < features; i++) {
      time = time.plus(dice.between(Duration.ofSeconds(5), Duration.ofMinutes(8)));
      feed.tell(
          of(customer, user, "feature.used", time)
              .session(session)
              .with("feature", dice.oneOfRanked(FEATURES)));
    }
    if (dice.chance(RUNS_WORKFLOW)) {
      runWorkflow(customer, user, session, time, dice, feed);
    }
    if (dice.chance(INTEGRATES)) {
      String end = dice.chance(INTEGRATION_WORKS) ? "completed" : "failed";
      feed.tell(
          of(customer, user, "integration." + end, time.plusSeconds(dice.between(20, 300)))
              .session(session)
              .with("integration", dice.oneOfRanked(INTEGRATIONS)));
    }
  }

  private static void runWorkflow(
      Customer customer, String user, String session, Instant after, Dice dice, Feed feed) {
    String workflow = dice.oneOf(WORKFLOWS);
    Instant started = after.plusSeconds(dice.between(5, 60));
    feed.tell(
        of(customer, user, "workflow.started", started)
            .session(session)
            .with("workflow", workflow));
    Instant completed = started.plusSeconds(dice.between(20, 900));
    if (dice.chance(WORKFLOW_COMPLETES)) {
      feed.tell(
          of(customer, user, "workflow.completed", completed)
              .session(session)
              .with("workflow", workflow));
    }
  }

  /** Of a network that is kept for examples. */
  private static String addressOf(String user) {
    return "198.51.100." + Math.floorMod(user.hashCode(), 254);
  }

  private static Draft of(Customer customer, String user, String type, Instant time) {
    return Draft.at(time, type).customer(customer.id()).user(user);
  }
}
