package io.tidewatch.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Turns the invoice lines of the UCI Online Retail data set (columns invoice_ts, invoice_no,
 * stock_code, quantity, unit_price, customer_id, country) into events, one JSON object per line.
 *
 * <p>A line is a {@code payment.succeeded} of quantity × unit price, exactly; a line of a
 * cancellation (invoice C…) a {@code payment.refunded} of the amount given back; a line of an
 * adjustment (invoice A…) a {@code payment.adjusted}. Times carry no zone and are read as UTC. The
 * line's number is its id. A line that can't be an event is passed on as it is, and ingest says why
 * it rejects it.
 *
 * <pre>{@code java RetailEvents.java < online_retail.csv > events.jsonl}</pre>
 */
public final class RetailEvents {

  private static final String FIRST_COLUMN = "invoice_ts,";
  private static final int COLUMNS = 7;

  private RetailEvents() {}

  public static void main(String[] arguments) throws IOException {
    convert(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintStream(System.out, false, StandardCharsets.UTF_8));
  }

  /** Converts all lines but headers: several files may follow each other. */
  public static void convert(BufferedReader lines, PrintStream events) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith(FIRST_COLUMN)) {
        number++;
        events.print(event(line, number));
        events.print('\n');
      }
    }
    events.flush();
  }

  static String event(String line, int number) {
    String[] columns = line.split(",", -1);
    if (columns.length != COLUMNS) {
      return line;
    }
    BigDecimal amount;
    try {
      amount = new BigDecimal(columns[3]).multiply(new BigDecimal(columns[4]));
    } catch (NumberFormatException e) {
      return line;
    }
    char kind = columns[1].isEmpty() ? ' ' : columns[1].charAt(0);
    String type =
        switch (kind) {
          case 'C' -> "payment.refunded";
          case 'A' -> "payment.adjusted";
          default -> "payment.succeeded";
        };
    String customer = columns[5].isEmpty() ? "" : "\"customer_id\":" + text(columns[5]) + ",";
    return """
        {"id":"retail-%d","type":"%s","time":"%sZ",%s"properties":{"amount":"%s","currency":"GBP",\
        "invoice_id":%s,"stock_code":%s,"quantity":%s,"unit_price":%s,"country":%s,\
        "revenue_type":"one-time"}}"""
        .formatted(
            number,
            type,
            columns[0].replace(' ', 'T'),
            customer,
            (kind == 'C' ? amount.negate() : amount).toPlainString(),
            text(columns[1]),
            text(columns[2]),
            columns[3],
            text(columns[4]),
            text(columns[6]));
  }

  private static String text(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
