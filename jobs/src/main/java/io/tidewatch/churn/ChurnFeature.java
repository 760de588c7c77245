package io.tidewatch.churn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the risk of churn is judged by, in the order of a model's inputs.
 *
 * <p>"Last N days" are the N local days that end with the day of the moment a customer is judged
 * at; "days since" are whole local days.
 */
public enum ChurnFeature {
  DAYS_SINCE_SIGNUP {
    @Override
    String describe(ChurnFeatures customer) {
      return "signed up " + Wording.count(customer.daysSinceSignup(), "day") + " ago";
    }
  },
  API_CALLS_LAST_7D {
    @Override
    String describe(ChurnFeatures customer) {
      double usual = customer.usualCallsPerWeek();
      double now = customer.apiCallsLast7d();
      String calls = "API calls in the last 7 days: " + Wording.whole(now);
      if (Math.round(usual) == Math.round(now)) {
        return calls + ", as usual";
      }
      return "%s, %s from a usual %s"
          .formatted(calls, now < usual ? "fallen" : "risen", Wording.whole(usual));
    }
  },
  API_CALLS_LAST_30D {
    @Override
    String describe(ChurnFeatures customer) {
      return "API calls in the last 30 days: " + Wording.whole(customer.apiCallsLast30d());
    }
  },
  AVG_RESPONSE_TIME {
    @Override
    String describe(ChurnFeatures customer) {
      return customer.apiCallsLast30d() == 0
          ? "no API calls whose response times could be felt"
          : "API responses take %s ms on average"
              .formatted(Wording.whole(customer.avgResponseTime()));
    }
  },
  ERROR_RATE {
    @Override
    String describe(ChurnFeatures customer) {
      return "failed API calls: " + Wording.percent(customer.errorRate());
    }
  },
  FEATURE_ADOPTION_SCORE {
    @Override
    String describe(ChurnFeatures customer) {
      return "adoption of features in the last 30 days: "
          + Wording.percent(customer.featureAdoptionScore());
    }
  },
  SUPPORT_TICKETS_COUNT {
    @Override
    String describe(ChurnFeatures customer) {
      return "support tickets in the last 30 days: "
          + Wording.whole(customer.supportTicketsCount());
    }
  },
  DAYS_SINCE_LAST_LOGIN {
    @Override
    String describe(ChurnFeatures customer) {
      return customer.daysSinceLastLogin() < 1
          ? "last login today"
          : "last login " + Wording.count(customer.daysSinceLastLogin(), "day") + " ago";
    }
  },
  MRR {
    @Override
    String describe(ChurnFeatures customer) {
      return "pays %s a month".formatted(Wording.money(customer.mrr()));
    }
  },
  TIER_NUMERIC {
    @Override
    String describe(ChurnFeatures customer) {
      return switch ((int) customer.tierNumeric()) {
        case 1 -> "tier Developer";
        case 2 -> "tier Team";
        case 3 -> "tier Enterprise";
        default -> "none of the usual tiers";
      };
    }
  },
  PAYMENT_FAILURES {
    @Override
    String describe(ChurnFeatures customer) {
      return "failed payments in the last 30 days: " + Wording.whole(customer.paymentFailures());
    }
  };

  /** As models name it, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All labels, in the order of a model's inputs. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ChurnFeature::label).toList();
  }

  /** What can be said of this customer, as the beginning of a sentence. */
  abstract String describe(ChurnFeatures customer);
}
