package io.tidewatch.segments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What customers are told apart by, in the order of a model's inputs. */
public enum SegmentFeature {
  API_CALLS_PER_DAY,
  AVG_RESPONSE_TIME,
  FEATURE_ADOPTION_SCORE,
  SUPPORT_TICKET_RATIO,
  MONTHLY_REVENUE,
  DAYS_SINCE_LAST_USE,
  TIER_NUMERIC;

  /** As models name it, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All labels, in the order of a model's inputs. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(SegmentFeature::label).toList();
  }
}
