package io.tidewatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Records as nobody should send them: truncated, of wrong types, with huge numbers, deep nesting,
 * broken UTF-8, NUL characters, nulls and doubled keys, some of a megabyte, and sound ones between.
 */
public final class MutatedRecords {

  private static final int HUGE_EVERY = 400;

  private final Random random;
  private int made;

  /** The same seed gives the same records. */
  public MutatedRecords(long seed) {
    random = new Random(seed);
  }

  /** The bytes of one more; null for a record without a value. */
  public byte[] next() {
    return made++ % HUGE_EVERY == 0 ? huge() : mutated();
  }

  private byte[] mutated() {
    if (random.nextInt(2_000) == 0) {
      return random.nextBoolean() ? null : new byte[0];
    }
    StringBuilder json = new StringBuilder(random.nextInt(4) == 0 ? webhook() : event());
    for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
      mutate(json);
    }
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(10) == 0 ? withBrokenBytes(bytes) : bytes;
  }

  private String event() {
    String[] types = {
      "payment.succeeded",
      "api.request",
      "page.viewed",
      "subscription.started",
      "error.raised",
      "campaign.budget",
      "unheard.of"
    };
    return "{\"id\":"
        + pick("\"e-" + random.nextInt(1_000) + "\"", "\"e-" + random.nextInt(1_000) + "\"", odd())
        + ",\"type\":\""
        + pick(types)
        + "\",\"time\":"
        + pick(
            "\"2026-03-01T11:00:00Z\"", "1772366340000", "\"2026-03-01T13:00:00.5+02:00\"", time())
        + ",\"customer_id\":"
        + pick("\"acme\"", "\"acme\"", "\"ann@example.com\"", odd())
        + (random.nextInt(15) == 0 ? ",\"consent\":{\"analytics\":false}" : "")
        + ",\"properties\":"
        + pick(properties(), properties(), properties(), properties(), odd())
        + "}";
  }

  /** A webhook event of Stripe's. */
  private String webhook() {
    String[] types = {
      "customer.subscription.updated",
      "customer.subscription.created",
      "invoice.paid",
      "charge.refunded",
      "customer.created",
      "unheard.of"
    };
    return "{\"id\":\"evt_1\",\"type\":\""
        + pick(types)
        + "\",\"created\":"
        + pick("1772366340", "1772366340", "1772366340", time())
        + ",\"data\":{\"object\":{\"id\":\"x_1\",\"customer\":\"acme\",\"status\":"
        + pick("\"active\"", "\"active\"", odd())
        + ",\"currency\":\"eur\",\"amount_paid\":200,\"amount_refunded\":200,\"discount\":"
        + pick("null", "{\"coupon\":{\"percent_off\":" + odd() + "}}", odd())
        + ",\"metadata\":"
        + pick("{\"tenant\":\"acme\"}", odd())
        + ",\"items\":{\"data\":["
        + pick(item(), item(), item() + "," + item(), odd())
        + "]}},\"previous_attributes\":"
        + pick("{}", "{\"amount_refunded\":100}", odd())
        + "}}";
  }

  private String item() {
    return "{\"quantity\":"
        + pick("1", "200", odd())
        + ",\"price\":{\"id\":\"p\",\"currency\":\"eur\",\"unit_amount_decimal\":"
        + pick("\"12.50\"", "\"12.50\"", odd())
        + ",\"recurring\":{\"interval\":"
        + pick("\"month\"", "\"year\"", odd())
        + ",\"interval_count\":"
        + pick("1", "3", odd())
        + "}}}";
  }

  private String properties() {
    StringBuilder json =
        new StringBuilder(
            "{\"amount\":12.50,\"currency\":\"EUR\",\"endpoint\":\"/inference\",\"method\":\"GET\","
                + "\"status_code\":200,\"response_time_ms\":81.5,\"path\":\"/x\",\"plan\":\"pro\","
                + "\"subscription_id\":\"s\",\"interval\":\"month\",\"service\":\"api\","
                + "\"severity\":\"error\",\"campaign\":\"spring\",\"daily_budget\":\"100\"");
    for (int extras = random.nextInt(4); extras > 0; extras--) {
      json.append(",\"")
          .append(
              pick(
                  "extra" + extras, "email", "conversion_rate", "a.b", "amount", "url", "k\\u0000"))
          .append("\":")
          .append(odd());
    }
    return json.append('}').toString();
  }

  /** A value that is seldom what a field expects. */
  private String odd() {
    return switch (random.nextInt(24)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "-1";
      case 3 -> "0.5";
      case 4 -> "1e" + random.nextInt(400);
      case 5 -> "1e999999999";
      case 6 -> "-" + "9".repeat(1 + random.nextInt(3_000));
      case 7 -> "0." + "0".repeat(random.nextInt(2_000)) + "1";
      case 8 -> "\"\"";
      case 9 -> "\"text\"";
      case 10 -> "\"\\u0000\"";
      case 11 -> "\"\\ud83d\"";
      case 12 -> "\"\\ud83d\\ude00\"";
      case 13 -> "\"ann@example.com, bob%40example.org\"";
      case 14 -> "[]";
      case 15 -> "[1,{\"email\":\"ann@example.com\"},\"\\u0000\"]";
      case 16 -> "[\"\\ud800\"]";
      case 17 -> "{}";
      case 18 -> "{\"b\":{\"c\":[{}]}}";
      case 19 -> "{\"b\":1,\"b\":2}";
      case 20 -> "[".repeat(random.nextInt(100)) + "]".repeat(random.nextInt(100));
      case 21 -> "{\"a\":".repeat(90) + "1" + "}".repeat(90);
      case 22 -> "\"" + "i".repeat(random.nextInt(400)) + "\"";
      default -> "\"\\u00e9\u20ac\uD83D\uDE00\"";
    };
  }

  private String time() {
    return pick(
        "\"2026-02-30T00:00:00Z\"",
        "\"2026-03-01T11:00:00\"",
        "\"2027-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "-99999999999999",
        "9".repeat(1 + random.nextInt(40)),
        odd());
  }

  private void mutate(StringBuilder json) {
    int at = random.nextInt(json.length());
    switch (random.nextInt(12)) {
      case 0 -> json.setLength(at);
      case 1 -> json.deleteCharAt(at);
      case 2 -> json.insert(at, (char) random.nextInt(128));
      case 3 -> json.setCharAt(at, '\0');
      case 4 -> json.append(json, 0, at);
      case 5 -> json.insert(0, pick("\uFEFF", " ", "[", "\0"));
      case 6 -> json.setCharAt(at, pick("{", "}", "[", "]", "\"", ",", ":", "\\").charAt(0));
      case 7 -> replace(json, "\"type\"", "\"time\"");
      case 8 -> replace(json, "200", odd());
      case 9 -> replace(json, "12.50", odd());
      case 10 -> replace(json, "\"EUR\"", odd());
      default -> replace(json, "\"acme\"", odd());
    }
    if (json.isEmpty()) {
      json.append(' ');
    }
  }

  private static void replace(StringBuilder json, String what, String with) {
    int at = json.indexOf(what);
    if (at >= 0) {
      json.replace(at, at + what.length(), with);
    }
  }

  private byte[] withBrokenBytes(byte[] bytes) {
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private byte[] huge() {
    int room = random.nextBoolean() ? 1_000_000 : 1_100_000;
    String json =
        switch (random.nextInt(8)) {
          case 0 -> Records.event("t", "{\"a\":\"" + "x".repeat(room) + "\"}");
          case 1 -> Records.event("t", "{\"a\":" + "9".repeat(room) + "}");
          case 2 -> Records.event("t", "{\"" + "n".repeat(room) + "\":1}");
          case 3 -> "[".repeat(room);
          case 4 -> "{\"a\":".repeat(room / 5);
          case 5 -> Records.event("t", "{\"a\":[" + "1,".repeat(room / 2 - 60) + "1]}");
          case 6 -> Records.event("t", "{\"a\":\"" + "@".repeat(room) + "\"}");
          default -> Records.event("t", "{\"a\":1" + ",\"a.b\":{\"c\":1}".repeat(room / 16) + "}");
        };
    if (random.nextInt(4) == 0) {
      StringBuilder properties = new StringBuilder("{\"p\":0");
      for (int i = 0; properties.length() < 100_000; i++) {
        properties.append(",\"p").append(i).append("\":").append(i);
      }
      json = Records.event("t", properties.append('}').toString());
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
