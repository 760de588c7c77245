package io.tidewatch.operator;

/**
 * The uids of all operators; each is also the operator's name.
 *
 * <p>State in savepoints belongs to these: never change one, and give a changed CEP pattern a new
 * one. Those that end in a dash are completed by the name of a source or table, those of gathering
 * also by what is gathered from.
 */
public final class OperatorIds {

  public static final String SOURCE = "source-";
  public static final String ROUTE = "route-";
  public static final String DEDUPLICATE = "deduplicate-";
  public static final String DUPLICATE_ENDS = "duplicate-ends-";
  public static final String WITHOUT_CUSTOMER = "without-customer-";
  public static final String WITH_CUSTOMER = "with-customer-";
  public static final String ENRICH = "enrich-from-customer";
  public static final String REFERENCES = "customer-references";
  public static final String CHECK_CAMPAIGNS = "check-campaigns";
  public static final String ACCEPT = "accept-";
  public static final String MARK_PROGRESS = "mark-progress";
  public static final String PUBLISHED_EVENTS = "published-events";
  public static final String TAKE_PUBLISHED = "take-published";
  public static final String GATHER_EVENTS = "gather-events";
  public static final String ARRIVAL_CLOCK = "arrival-clock";

  public static final String READ_RATES = "read-fx-rates";
  public static final String OWN_MONEY = "own-money-";
  public static final String FOREIGN_MONEY = "foreign-money-";
  public static final String CONVERT_MONEY = "convert-money";

  public static final String SELECT_INTERVALS = "select-intervals";
  public static final String MEASURE_INTERVALS = "measure-intervals";

  public static final String SELECT_SUBSCRIPTIONS = "select-subscriptions";
  public static final String KEEP_LEDGER = "keep-ledger";

  public static final String MODELS = "models";
  public static final String SELECT_CUSTOMERS = "select-customers";
  public static final String LIGHTEN_CUSTOMERS = "lighten-customers";
  public static final String KEEP_CUSTOMER = "keep-customer";

  public static final String COMBINE = "combine-";
  public static final String GATHER_PARTIALS = "gather-partials-";
  public static final String SELECT_TUMBLING = "select-tumbling-";
  public static final String SELECT_ROLLING = "select-rolling-";
  public static final String TUMBLING_WINDOWS = "tumbling-windows-";
  public static final String ROLLING_WINDOWS = "rolling-windows-";
  public static final String GATHER_WINDOWS = "gather-windows-";

  public static final String ALERT_RULES = "alert-rules";
  public static final String NO_RULES = "no-alert-rules";
  public static final String ADMIT_RULES = "admit-rules";
  public static final String SELECT_WATCHED_WINDOWS = "select-watched-windows-";
  public static final String WATCH_WINDOWS = "watch-windows-";
  public static final String SELECT_WATCHED_EVENTS = "select-watched-events";
  public static final String WATCH_EVENTS = "watch-events";

  public static final String GATHER_PARTS = "gather-parts-";
  public static final String NAME_CONTRIBUTORS = "name-contributors-";

  public static final String SELECT_PATTERN_WINDOWS = "select-pattern-windows-";
  public static final String SELECT_PATTERN_EVENTS = "select-pattern-events-";
  public static final String JUDGE_WINDOWS = "judge-windows-";
  public static final String JUDGE_BUDGETS = "judge-budgets-";
  public static final String JUDGE_CUSTOMERS = "judge-customers-";
  public static final String MATCH = "match-";
  public static final String ENDINGS = "endings-";
  public static final String FOLLOW_ALERTS = "follow-pattern-alerts-";
  public static final String TELL_ALERTS = "tell-pattern-alerts-";

  public static final String MUTE_ALERTS = "mute-alerts";
  public static final String CAP_ALERTS = "cap-alerts";

  public static final String CLICKHOUSE = "clickhouse-";
  public static final String KAFKA = "kafka-";
  public static final String ALERTMANAGER = "alertmanager";

  private OperatorIds() {}
}
