package io.tidewatch.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.metrics.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/**
 * How a customer is written to state: the version of the format, and then what there is in as few
 * bytes as it needs. Times are of milliseconds.
 */
public final class CustomerFormat {

  private static final byte VERSION = 1;

  private CustomerFormat() {}

  public static void write(Customer customer, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    writeTime(customer.firstSeen, out);
    writeTime(customer.lastSeen, out);
    writeTime(customer.clock, out);
    writeTime(customer.created, out);
    writeTime(customer.firstApiCall, out);
    writeTime(customer.lastUse, out);
    writeTime(customer.lastLogin, out);
    writeTime(customer.payments.failed(), out);
    writeTime(customer.payments.succeeded(), out);
    writeDecimal(customer.mrr, out);
    writeDecimal(customer.openingMrr, out);
    writeProfile(customer.profile, out);
    writeDays(customer.recentDays, out);
    writeFeatures(customer.features, out);
    Varint.write(out, customer.openTickets.size());
    for (String ticket : customer.openTickets) {
      writeText(ticket, out);
    }
    writeScore(customer.score, out);
    Varint.write(out, customer.nextMidnight);
    Varint.write(out, customer.inputs);
    out.writeBoolean(customer.rowIsStale);
  }

  /**
   * @throws IOException if it was written by a later version of this class
   */
  public static Customer read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a customer was written in a format of version " + version);
    }
    Customer customer = new Customer();
    customer.firstSeen = readTime(in);
    customer.lastSeen = readTime(in);
    customer.clock = readTime(in);
    customer.created = readTime(in);
    customer.firstApiCall = readTime(in);
    customer.lastUse = readTime(in);
    customer.lastLogin = readTime(in);
    customer.payments = new Payments(readTime(in), readTime(in));
    customer.mrr = readDecimal(in);
    customer.openingMrr = readDecimal(in);
    customer.profile = readProfile(in);
    readDays(customer.recentDays, in);
    readFeatures(customer.features, in);
    for (long tickets = Varint.read(in); tickets > 0; tickets--) {
      customer.openTickets.add(readText(in));
    }
    customer.score = readScore(in);
    customer.nextMidnight = Varint.read(in);
    customer.inputs = Varint.read(in);
    customer.rowIsStale = in.readBoolean();
    return customer;
  }

  private static void writeProfile(Profile profile, DataOutput out) throws IOException {
    boolean isKnown = !profile.equals(Profile.UNKNOWN);
    writeTime(isKnown ? profile.told() : null, out);
    if (isKnown) {
      writeText(profile.companyName(), out);
      writeText(profile.industry(), out);
      writeText(profile.tier(), out);
      writeText(profile.plan(), out);
      writeText(profile.country(), out);
      writeText(profile.acquisitionChannel(), out);
      writeText(profile.emailHash(), out);
    }
  }

  private static Profile readProfile(DataInput in) throws IOException {
    Instant told = readTime(in);
    return told == null
        ? Profile.UNKNOWN
        : new Profile(
            told,
            readText(in),
            readText(in),
            readText(in),
            readText(in),
            readText(in),
            readText(in),
            readText(in));
  }

  private static void writeDays(RecentDays days, DataOutput out) throws IOException {
    Varint.write(out, days.all().size());
    long before = 0;
    for (Map.Entry<Long, DailyActivity> entry : days.all().entrySet()) {
      DailyActivity day = entry.getValue();
      Varint.write(out, entry.getKey() - before);
      before = entry.getKey();
      Varint.write(out, day.apiCalls);
      Varint.write(out, day.apiErrors);
      Varint.write(out, day.responseMicros);
      Varint.write(out, day.featureUses);
      Varint.write(out, day.errorsRaised);
      Varint.write(out, day.paymentFailures);
      Varint.write(out, day.ticketsOpened);
    }
  }

  private static void readDays(RecentDays days, DataInput in) throws IOException {
    long before = 0;
    for (long count = Varint.read(in); count > 0; count--) {
      before += Varint.read(in);
      DailyActivity day = days.on(before);
      day.apiCalls = Varint.read(in);
      day.apiErrors = Varint.read(in);
      day.responseMicros = Varint.read(in);
      day.featureUses = Varint.read(in);
      day.errorsRaised = Varint.read(in);
      day.paymentFailures = Varint.read(in);
      day.ticketsOpened = Varint.read(in);
    }
  }

  private static void writeFeatures(FeatureUse features, DataOutput out) throws IOException {
    Varint.write(out, features.all().size());
    for (Map.Entry<String, Long> feature : features.all().entrySet()) {
      writeText(feature.getKey(), out);
      Varint.write(out, feature.getValue());
    }
  }

  private static void readFeatures(FeatureUse features, DataInput in) throws IOException {
    for (long count = Varint.read(in); count > 0; count--) {
      features.all().put(readText(in), Varint.read(in));
    }
  }

  private static void writeScore(HealthScore score, DataOutput out) throws IOException {
    out.writeBoolean(score != null);
    if (score != null) {
      out.writeByte(score.score());
      writeText(score.category().name(), out);
      for (HealthPart part : HealthPart.values()) {
        out.writeDouble(score.points(part));
      }
    }
  }

  private static HealthScore readScore(DataInput in) throws IOException {
    return in.readBoolean()
        ? new HealthScore(
            in.readByte(),
            HealthCategory.valueOf(readText(in)),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble())
        : null;
  }

  private static void writeTime(Instant time, DataOutput out) throws IOException {
    out.writeBoolean(time != null);
    if (time != null) {
      Varint.write(out, time.toEpochMilli());
    }
  }

  private static Instant readTime(DataInput in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochMilli(Varint.read(in)) : null;
  }

  private static void writeDecimal(BigDecimal decimal, DataOutput out) throws IOException {
    writeBytes(decimal.unscaledValue().toByteArray(), out);
    Varint.write(out, decimal.scale());
  }

  private static BigDecimal readDecimal(DataInput in) throws IOException {
    return new BigDecimal(new BigInteger(readBytes(in)), (int) Varint.read(in));
  }

  private static void writeText(String text, DataOutput out) throws IOException {
    writeBytes(text.getBytes(UTF_8), out);
  }

  private static String readText(DataInput in) throws IOException {
    return new String(readBytes(in), UTF_8);
  }

  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    Varint.write(out, bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[(int) Varint.read(in)];
    in.readFully(bytes);
    return bytes;
  }
}
