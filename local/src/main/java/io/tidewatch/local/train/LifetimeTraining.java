package io.tidewatch.local.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.lifetime.Estimate;
import io.tidewatch.lifetime.LifetimeModel.Group;
import io.tidewatch.lifetime.Observation;
import io.tidewatch.lifetime.SurvivalCurve;
import io.tidewatch.local.UserException;
import io.tidewatch.models.ModelKind;
import io.tidewatch.segments.SegmentModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Estimates how many months customers of each plan and segment remain.
 *
 * <p>Each 30 days of history give a snapshot of all who pay then. A customer enters the curve of a
 * group at the first snapshot that finds it there, once, and is followed until its MRR falls to 0
 * or history ends: so groups are formed by what was known at the time and never by what came of it,
 * and no customer counts twice in a curve.
 */
public final class LifetimeTraining {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FEATURE_DAYS = 30;
  private static final int STEP_DAYS = 30;
  private static final double DAYS_PER_MONTH = 365.25 / 12;

  /** When, on average, those leave who leave in the course of a day. */
  private static final double MIDDAY = 0.5;

  private static final int MINIMUM_CUSTOMERS = 20;
  private static final int MINIMUM_LEFT = 5;

  /** Three years: further ahead nothing of today's customers is known. */
  private static final double HORIZON_MONTHS = 36;

  private static final Group EVERYONE = new Group("", null);

  private final PastCustomers history;
  private final SegmentModel segments;
  private final BigDecimal grossMargin;

  /**
   * @param segments what tells the segment of a customer
   * @param grossMargin above 0 to 1
   */
  public LifetimeTraining(PastCustomers history, SegmentModel segments, BigDecimal grossMargin) {
    this.history = history;
    this.segments = segments;
    this.grossMargin = grossMargin;
  }

  /** A group's customers and what they let expect. */
  record GroupResult(int customers, long left, Estimate months) {}

  /**
   * What came of it.
   *
   * @param groups those large enough, by plan and segment
   */
  public record Result(
      LocalDate asOf,
      BigDecimal grossMargin,
      GroupResult everyone,
      Map<Group, GroupResult> groups) {

    /** The model and its card. */
    public ModelDocument document() {
      ObjectNode model = JSON.createObjectNode();
      model.put("horizon_months", HORIZON_MONTHS);
      model.put("gross_margin", grossMargin);
      put(everyone, model.putObject("everyone"));
      ArrayNode list = model.putArray("groups");
      groups.forEach(
          (group, result) -> {
            ObjectNode entry = list.addObject();
            entry.put("plan", group.plan());
            if (group.segment() != null) {
              entry.put("segment", group.segment().label());
            }
            put(result, entry);
          });
      return ModelDocument.of(ModelKind.LIFETIME, asOf, model, card());
    }

    private static void put(GroupResult result, ObjectNode out) {
      out.put("months", result.months.value());
      out.put("low", result.months.low());
      out.put("high", result.months.high());
    }

    private String card() {
      StringBuilder card = new StringBuilder("# Remaining months as of " + asOf + "\n\n");
      card.append(
          "Kaplan–Meier, restricted to %.0f months, with 95 %% intervals (Greenwood); beyond the\n"
              .formatted(HORIZON_MONTHS));
      card.append("longest observation each curve goes on as the exponential through its end.\n\n");
      card.append("| plan | segment | customers | left | months | 95 % interval |\n");
      card.append("|---|---|---:|---:|---:|---|\n");
      card.append(line("all", "all", everyone));
      groups.forEach(
          (group, result) ->
              card.append(
                  line(
                      group.plan(),
                      group.segment() == null ? "all" : group.segment().label(),
                      result)));
      return card.toString();
    }

    private static String line(String plan, String segment, GroupResult result) {
      Estimate months = result.months;
      return String.format(
          Locale.ROOT,
          "| %s | %s | %,d | %,d | %.1f | %.1f to %.1f |%n",
          plan,
          segment,
          result.customers,
          result.left,
          months.value(),
          months.low(),
          months.high());
    }
  }

  /**
   * Estimates the model.
   *
   * @param asOf nothing at or after it counts
   * @throws UserException where too few customers were seen, or too few left
   */
  public Result train(LocalDate asOf) {
    LocalDate first =
        history
            .reach()
            .orElseThrow(() -> new UserException("No customer has paid anything yet."))
            .first()
            .plusDays(FEATURE_DAYS);
    Map<Group, Map<String, Observation>> observed =
        new TreeMap<>(
            Comparator.comparing(Group::plan)
                .thenComparing(Group::segment, Comparator.nullsFirst(Comparator.naturalOrder())));
    for (LocalDate date = first; date.isBefore(asOf); date = date.plusDays(STEP_DAYS)) {
      observe(date, asOf, observed);
    }
    Map<String, Observation> everyone = observed.getOrDefault(EVERYONE, Map.of());
    if (!isEnough(everyone)) {
      throw new UserException(
          "Lifetimes need at least %d customers of whom %d left before %s; there are %d and %d."
              .formatted(MINIMUM_CUSTOMERS, MINIMUM_LEFT, asOf, everyone.size(), left(everyone)));
    }
    Map<Group, GroupResult> groups = new LinkedHashMap<>();
    observed.forEach(
        (group, customers) -> {
          if (!group.equals(EVERYONE) && isEnough(customers)) {
            groups.put(group, estimate(customers));
          }
        });
    return new Result(asOf, grossMargin, estimate(everyone), groups);
  }

  private void observe(
      LocalDate date, LocalDate asOf, Map<Group, Map<String, Observation>> observed) {
    Map<String, LocalDate> left = history.leftBetween(date, asOf);
    for (ObservedCustomer customer : history.payingAsOf(date)) {
      LocalDate leftOn = left.get(customer.id());
      double days =
          leftOn == null
              ? ChronoUnit.DAYS.between(date, asOf)
              : ChronoUnit.DAYS.between(date, leftOn) + MIDDAY;
      Observation observation = new Observation(days / DAYS_PER_MONTH, leftOn != null);
      enter(EVERYONE, customer, observation, observed);
      if (!customer.plan().isEmpty()) {
        enter(new Group(customer.plan(), null), customer, observation, observed);
        enter(
            new Group(customer.plan(), segments.segmentOf(customer.segment())),
            customer,
            observation,
            observed);
      }
    }
  }

  private static void enter(
      Group group,
      ObservedCustomer customer,
      Observation observation,
      Map<Group, Map<String, Observation>> observed) {
    observed
        .computeIfAbsent(group, g -> new LinkedHashMap<>())
        .putIfAbsent(customer.id(), observation);
  }

  private static boolean isEnough(Map<String, Observation> customers) {
    return customers.size() >= MINIMUM_CUSTOMERS && left(customers) >= MINIMUM_LEFT;
  }

  private static long left(Map<String, Observation> customers) {
    return customers.values().stream().filter(Observation::left).count();
  }

  private static GroupResult estimate(Map<String, Observation> customers) {
    return new GroupResult(
        customers.size(),
        left(customers),
        SurvivalCurve.of(customers.values()).restrictedMean(HORIZON_MONTHS));
  }
}
