package io.tidewatch.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What a company's systems send: the same records for the same seed and begin.
 *
 * <p>One record in twenty is sent twice, some are invalid, some lack consent, and events come up to
 * {@link #DISORDER} late, which sources allow. What a job makes of it must not depend on what it
 * happens to read first, even where two partitions are concerned:
 *
 * <ul>
 *   <li>each partition begins by telling about all customers and campaigns, the same everywhere;
 *   <li>a record comes again in its own partition;
 *   <li>an unknown customer stays within a partition of a source without deduplication, where none
 *       of its events overtakes another; a campaign within any.
 * </ul>
 */
final class Traffic {

  static final int PARTITIONS = 2;
  static final int EVENTS_PER_SECOND = 2000;

  private static final Duration DISORDER = Duration.ofSeconds(4);
  private static final Duration RESENT_WITHIN = Duration.ofSeconds(4);
  private static final int CUSTOMERS = 100;
  private static final int CAMPAIGNS = 5;
  private static final List<String> PLANS = List.of("free", "pro", "enterprise");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "US");

  private final long seed;
  private final Instant begin;
  private final Duration length;

  /**
   * @param begin when the first event happens
   */
  Traffic(long seed, Instant begin, Duration length) {
    this.seed = seed;
    this.begin = begin;
    this.length = length;
  }

  /** A record and when it is sent. */
  record Sent(Instant at, Topic topic, int partition, String value) {

    byte[] bytes() {
      return value.getBytes(UTF_8);
    }
  }

  /** A source's topic with its share of the events, in hundredths. */
  enum Topic {
    API("api-events", 60, true),
    WEB("web-events", 15, true),
    SYSTEM("system-events", 10, true),
    MARKETING("marketing-events", 5, false),
    PAYMENTS("payment-events", 4, false),
    CUSTOMER("customer-events", 2, false),
    CRM("crm-events", 2, true),
    SUPPORT("support-events", 2, true);

    private final String topic;
    private final int share;
    private final boolean keepsOrder;

    Topic(String topic, int share, boolean keepsOrder) {
      this.topic = topic;
      this.share = share;
      this.keepsOrder = keepsOrder;
    }

    String topic() {
      return topic;
    }

    private static Topic at(int hundredth) {
      int sum = 0;
      for (Topic topic : values()) {
        sum += topic.share;
        if (hundredth < sum) {
          return topic;
        }
      }
      throw new IllegalArgumentException("not below 100: " + hundredth);
    }
  }

  /**
   * What each partition begins with, before the rest.
   *
   * @param told when the first of them happens; it may be sent later
   */
  static List<Sent> profiles(Instant told) {
    List<Sent> profiles = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        // an interval that begins twice at the same time would depend on names
        Instant time = told.plusMillis(topic.ordinal() * PARTITIONS + (long) partition);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
          String event =
              """
              {"id":"created-%1$s-%2$d-%3$d","type":"customer.created","time":"%4$s",\
              "customer_id":"c%3$d","properties":{"plan":"%5$s","country":"%6$s","tier":"gold"}}"""
                  .formatted(topic, partition, customer, time, plan(customer), country(customer));
          profiles.add(new Sent(time, topic, partition, event));
        }
        for (int campaign = 0; campaign < CAMPAIGNS; campaign++) {
          String event =
              """
              {"id":"budget-%1$s-%2$d-%3$d","type":"campaign.budget","time":"%4$s","properties":\
              {"campaign":"%5$s","daily_budget":"100000","currency":"EUR"}}"""
                  .formatted(topic, partition, campaign, time, campaign(partition, campaign));
          profiles.add(new Sent(time, topic, partition, event));
        }
      }
    }
    return profiles;
  }

  /** The rest, in the order it is sent. */
  Iterator<Sent> events() {
    return new Iterator<>() {

      private final Random random = new Random(seed);
      private final PriorityQueue<Sent> again = new PriorityQueue<>(Comparator.comparing(Sent::at));
      private final long count = length.toSeconds() * EVENTS_PER_SECOND;
      private long made;

      @Override
      public boolean hasNext() {
        return made < count || !again.isEmpty();
      }

      @Override
      public Sent next() {
        Instant next = begin.plusNanos(made * 1_000_000_000L / EVENTS_PER_SECOND);
        if (made == count || !again.isEmpty() && again.peek().at().isBefore(next)) {
          return again.remove();
        }
        Sent sent = record(random, made++, next);
        if (random.nextInt(20) == 0) {
          Instant later = next.plusMillis(random.nextLong(RESENT_WITHIN.toMillis()));
          again.add(new Sent(later, sent.topic(), sent.partition(), sent.value()));
        }
        return sent;
      }
    };
  }

  private static Sent record(Random random, long number, Instant at) {
    Topic topic = Topic.at(random.nextInt(100));
    int partition = random.nextInt(PARTITIONS);
    Instant time =
        random.nextInt(3) == 0 ? at.minusMillis(random.nextLong(DISORDER.toMillis())) : at;
    String event = event(random, topic, partition, number, time);
    return switch (random.nextInt(200)) {
      case 0 -> new Sent(at, topic, partition, event.substring(0, event.length() / 2));
      case 1 -> new Sent(at, topic, partition, event.replace("\"time\"", "\"when\""));
      case 2, 3 ->
          new Sent(
              at,
              topic,
              partition,
              event.replaceFirst("\\{", "{\"consent\":{\"analytics\":false},"));
      default -> new Sent(at, topic, partition, event);
    };
  }

  private static String event(
      Random random, Topic topic, int partition, long number, Instant time) {
    int known = random.nextInt(CUSTOMERS);
    String customer =
        random.nextInt(500) == 0 && topic.keepsOrder
            ? "stranger-" + topic + "-" + partition
            : "c" + known;
    String person = "u" + random.nextInt(2000);
    String properties = properties(random, topic, partition, number, plan(known));
    int colon = properties.indexOf(' ');
    return """
        {"id":"e%d","type":"%s","time":"%s","customer_id":"%s","user_id":"%s","properties":{%s}}"""
        .formatted(
            number,
            properties.substring(0, colon),
            time,
            customer,
            person,
            properties.substring(colon + 1));
  }

  /**
   * The type, a blank, and the properties.
   *
   * @param plan the customer's: would it change, what other events get of it would depend on which
   *     is read first
   */
  private static String properties(
      Random random, Topic topic, int partition, long number, String plan) {
    return switch (topic) {
      case API ->
          """
          api.request "endpoint":"/%s","method":"GET","status_code":%d,"response_time_ms":%d"""
              .formatted(
                  List.of("analyze", "quantize", "inference", "search").get(random.nextInt(4)),
                  random.nextInt(30) == 0 ? 500 : 200,
                  random.nextInt(random.nextInt(2000) == 0 ? 20_000 : 400));
      case WEB ->
          switch (random.nextInt(4)) {
            case 0 ->
                """
                feature.used "feature":"f%d\""""
                    .formatted(random.nextInt(8));
            case 1 ->
                """
                form.completed "form":"contact\"""";
            default ->
                """
                page.viewed "path":"/p%d","utm_source":"%s","load_ms":%d"""
                    .formatted(
                        random.nextInt(20),
                        random.nextBoolean() ? "google" : "news",
                        random.nextInt(900));
          };
      case SYSTEM ->
          random.nextInt(100) == 0
              ? """
                error.raised "service":"s%d","severity":"%s\""""
                  .formatted(random.nextInt(3), random.nextInt(10) == 0 ? "critical" : "error")
              : """
                system.sampled "service":"s%d","metric":"cpu_usage","value":%d"""
                  .formatted(random.nextInt(3), random.nextInt(100));
      case MARKETING ->
          switch (random.nextInt(20)) {
            case 0 ->
                """
                ad.spend "campaign":"%s","channel":"search","amount":"%s","currency":"EUR\""""
                    .formatted(
                        campaign(partition, random.nextInt(CAMPAIGNS)), random.nextInt(2) + ".25");
            case 1, 2, 3 ->
                """
                ad.click "campaign":"%s","channel":"search\""""
                    .formatted(campaign(partition, random.nextInt(CAMPAIGNS)));
            default ->
                """
                ad.impression "campaign":"%s","channel":"search\""""
                    .formatted(campaign(partition, random.nextInt(CAMPAIGNS)));
          };
      case PAYMENTS ->
          switch (random.nextInt(10)) {
            case 0, 1 ->
                """
                subscription.%s "subscription_id":"s%d","plan":"%s","amount":%d,"currency":"EUR",\
                "interval":"month\""""
                    .formatted(
                        random.nextBoolean() ? "started" : "changed",
                        random.nextInt(2),
                        plan,
                        random.nextInt(300));
            case 2 -> "subscription.canceled \"subscription_id\":\"s" + random.nextInt(2) + "\"";
            default ->
                """
                payment.%s "amount":"%d.%02d","currency":"EUR","invoice_id":"i%d\""""
                    .formatted(
                        List.of("succeeded", "succeeded", "succeeded", "failed", "refunded")
                            .get(random.nextInt(5)),
                        random.nextInt(200),
                        random.nextInt(100),
                        number);
          };
      case CUSTOMER ->
          switch (random.nextInt(3)) {
            case 0 -> "user.registered \"email\":\"u" + number + "@example.com\"";
            case 1 -> "user.activated \"email\":\"not an address\"";
            default -> "team.invited \"team\":\"t\"";
          };
      case CRM ->
          switch (random.nextInt(3)) {
            case 0 -> "lead.created \"channel\":\"organic\",\"score\":" + random.nextInt(100);
            case 1 ->
                """
                opportunity.created "opportunity_id":"o%d","amount":"100.5","currency":"EUR\""""
                    .formatted(random.nextInt(500));
            default ->
                """
                opportunity.won "opportunity_id":"o%d","amount":"100.5","currency":"EUR\""""
                    .formatted(random.nextInt(500));
          };
      case SUPPORT ->
          switch (random.nextInt(4)) {
            case 0 -> "ticket.opened \"ticket_id\":\"t" + random.nextInt(300) + "\"";
            case 1 -> "ticket.responded \"ticket_id\":\"t" + random.nextInt(300) + "\"";
            case 2 -> "ticket.resolved \"ticket_id\":\"t" + random.nextInt(300) + "\"";
            default -> "survey.answered \"survey\":\"nps\",\"score\":" + random.nextInt(11);
          };
    };
  }

  private static String campaign(int partition, int number) {
    return "campaign-" + partition + "-" + number;
  }

  private static String plan(int customer) {
    return PLANS.get(customer % PLANS.size());
  }

  private static String country(int customer) {
    return COUNTRIES.get(customer % COUNTRIES.size());
  }
}
