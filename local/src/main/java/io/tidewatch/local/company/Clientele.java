package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** All customers, those that left included. Few are large and many are small. */
final class Clientele {

  private static final double SHARE_OF_STARTERS = 0.50;
  private static final double SHARE_OF_PROS = 0.80;
  private static final double SHARE_OF_BUSINESSES = 0.95;

  /** To fewer it sells nothing that large: a single invoice would make a day's revenue. */
  private static final int WITH_ENTERPRISES = 300;

  private static final double YEARLY = 0.15;
  private static final double ZIPF_EXPONENT = 0.9;

  private final List<Customer> customers = new ArrayList<>();

  /** The customers that the company begins with, by size. */
  static Clientele founded(int count, Randomness randomness) {
    Clientele clientele = new Clientele();
    double mean = IntStream.rangeClosed(1, count).mapToDouble(Clientele::zipf).average().orElse(1);
    for (int rank = 1; rank <= count; rank++) {
      Dice dice = randomness.dice("customer", rank);
      double size = zipf(rank) / mean;
      Plan plan = planOf(1 - (rank - 0.5) / count, count);
      boolean yearly = plan.compareTo(Plan.PRO) <= 0 && dice.chance(YEARLY);
      clientele.add(
          CustomerTraits.draw(dice, Countries.any(dice), dice.oneOf(Channel.NAMES), size),
          plan,
          yearly);
    }
    return clientele;
  }

  /** One more. */
  Customer add(CustomerTraits traits, Plan plan, boolean yearly) {
    Customer customer =
        new Customer("c-%04d".formatted(customers.size() + 1), traits, plan, yearly);
    customers.add(customer);
    return customer;
  }

  /** In the order they came; a copy, so that some may come meanwhile. */
  List<Customer> all() {
    return List.copyOf(customers);
  }

  /** Those that use so much of all there is at that time, the largest first. */
  List<Customer> largest(double share, Instant now) {
    List<Customer> bySize = new ArrayList<>(customers);
    bySize.sort(Comparator.comparingDouble((Customer customer) -> -customer.use(now)));
    double wanted = share * customers.stream().mapToDouble(customer -> customer.use(now)).sum();
    List<Customer> largest = new ArrayList<>();
    for (Customer customer : bySize) {
      if (wanted <= 0) {
        break;
      }
      largest.add(customer);
      wanted -= customer.use(now);
    }
    return largest;
  }

  /** For drawing customers by how much they use. */
  Crowd crowd(Instant now) {
    return new Crowd(customers, now);
  }

  /**
   * When the first period of each ends, counted from a midnight, so that each day of a month brings
   * in about the same.
   *
   * @return in the order of {@link #all()}
   */
  List<Duration> spreadOverAMonth(Randomness randomness) {
    double[] ofDay = new double[30];
    List<Duration> ends = new ArrayList<>(Collections.nCopies(customers.size(), Duration.ZERO));
    IntStream.range(0, customers.size())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -customers.get(index).price()))
        .forEach(
            index -> {
              int day =
                  IntStream.range(0, ofDay.length)
                      .boxed()
                      .min(Comparator.comparingDouble(d -> ofDay[d]))
                      .orElseThrow();
              Customer customer = customers.get(index);
              Dice dice = randomness.dice("period", index);
              ofDay[day] += customer.plan().price(false);
              int months = customer.yearly() ? dice.between(0, 11) : 0;
              ends.set(
                  index,
                  Duration.ofDays(day + 30L * months)
                      .plus(dice.between(Duration.ofHours(2), Duration.ofHours(23))));
            });
    return ends;
  }

  private static Plan planOf(double quantile, int customers) {
    if (quantile < SHARE_OF_STARTERS) {
      return Plan.STARTER;
    }
    if (quantile < SHARE_OF_PROS) {
      return Plan.PRO;
    }
    boolean isLarge = quantile >= SHARE_OF_BUSINESSES && customers >= WITH_ENTERPRISES;
    return isLarge ? Plan.ENTERPRISE : Plan.BUSINESS;
  }

  private static double zipf(int rank) {
    return Math.pow(rank, -ZIPF_EXPONENT);
  }
}
