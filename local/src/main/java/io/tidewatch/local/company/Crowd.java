package io.tidewatch.local.company;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Customers at one time, to be drawn by how much they use. */
final class Crowd {

  private final List<Customer> customers;
  private final double[] upTo;

  Crowd(List<Customer> customers, Instant now) {
    this.customers = List.copyOf(customers);
    this.upTo = new double[customers.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += customers.get(i).use(now);
      upTo[i] = sum;
    }
  }

  /** What all use together; as many as there are customers of mean size. */
  double use() {
    return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
  }

  Customer draw(Dice dice) {
    double point = dice.between(0, use());
    int index = Arrays.binarySearch(upTo, point);
    return customers.get(Math.min(index < 0 ? -index - 1 : index + 1, customers.size() - 1));
  }
}
