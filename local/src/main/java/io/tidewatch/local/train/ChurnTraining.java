package io.tidewatch.local.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.churn.ChurnFeature;
import io.tidewatch.churn.LogOdds;
import io.tidewatch.local.UserException;
import io.tidewatch.models.LogOddsReader;
import io.tidewatch.models.ModelKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Learns which customers cancel within 90 days.
 *
 * <p>Each 30 days of history give a snapshot of all who pay then, labelled by whether their MRR
 * falls to 0 within the 90 days after. The last labelled snapshot is the test; training snapshots
 * are those whose 90 days end by then, so that nothing learned comes from after the test begins.
 */
public final class ChurnTraining {

  static final int FORESEEN_DAYS = 90;
  private static final int FEATURE_DAYS = 30;
  private static final int STEP_DAYS = 30;
  private static final int NEEDED_DAYS = FEATURE_DAYS + 2 * FORESEEN_DAYS;
  private static final int MINIMUM_LEFT_TO_LEARN = 30;
  private static final int MINIMUM_LEFT_TO_TEST = 10;

  /** From where on a customer's risk is high. */
  private static final double HIGH = 0.5;

  private final PastCustomers history;

  public ChurnTraining(PastCustomers history) {
    this.history = history;
  }

  /**
   * What came of it.
   *
   * @param learnedFrom the snapshots of training, the last one first
   * @param testedOn the snapshot of the test
   */
  public record Result(
      ObjectNode model,
      List<LocalDate> learnedFrom,
      LabelledTable training,
      LocalDate testedOn,
      LabelledTable test,
      Evaluation evaluation) {

    /** The model and its card, as of the date up to which labels were known. */
    public ModelDocument document() {
      return ModelDocument.of(
          ModelKind.CHURN, testedOn.plusDays(FORESEEN_DAYS), model, new ChurnCard(this).text());
    }
  }

  /**
   * Trains and tests a model.
   *
   * @param asOf nothing at or after it counts
   * @throws UserException saying what is missing, where history does not suffice
   */
  public Result train(LocalDate asOf) {
    PastCustomers.Reach reach =
        history.reach().orElseThrow(() -> new UserException("No customer has paid anything yet."));
    LocalDate testedOn = asOf.minusDays(FORESEEN_DAYS);
    List<LocalDate> learnedFrom = new ArrayList<>();
    LocalDate first = reach.first().plusDays(FEATURE_DAYS);
    for (LocalDate date = testedOn.minusDays(FORESEEN_DAYS);
        !date.isBefore(first);
        date = date.minusDays(STEP_DAYS)) {
      learnedFrom.add(date);
    }
    if (learnedFrom.isEmpty()) {
      throw new UserException(
          "Churn needs %d days of revenue before %s to learn from and to test on; it is known since %s."
              .formatted(NEEDED_DAYS, asOf, reach.first()));
    }
    LabelledTable training = snapshots(learnedFrom);
    LabelledTable test = snapshots(List.of(testedOn));
    requireBoth(training, MINIMUM_LEFT_TO_LEARN, "to learn from");
    requireBoth(test, MINIMUM_LEFT_TO_TEST, "to test on");
    ObjectNode model = new BoostedTreesLearner().learn(training);
    LogOdds learned = LogOddsReader.read(model, ChurnFeature.labels());
    return new Result(
        model, learnedFrom, training, testedOn, test, Evaluation.of(learned, test, HIGH));
  }

  private LabelledTable snapshots(List<LocalDate> dates) {
    LabelledTable table = LabelledTable.empty(ChurnFeature.labels());
    for (LocalDate date : dates) {
      Map<String, LocalDate> left = history.leftBetween(date, date.plusDays(FORESEEN_DAYS));
      for (ObservedCustomer customer : history.payingAsOf(date)) {
        table.add(customer.churn().values(), left.containsKey(customer.id()));
      }
    }
    return table;
  }

  private static void requireBoth(LabelledTable table, int minimum, String purpose) {
    long left = table.positives();
    long stayed = table.size() - left;
    if (left < minimum || stayed < minimum) {
      throw new UserException(
          "Churn needs at least %d cancellations within %d days and as many customers who stayed %s; there are %d and %d."
              .formatted(minimum, FORESEEN_DAYS, purpose, left, stayed));
    }
  }
}
