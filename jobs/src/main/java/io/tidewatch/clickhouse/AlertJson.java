package io.tidewatch.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.alert.Alert;
import io.tidewatch.alert.Contributor;
import io.tidewatch.alert.Evidence;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What proves an alert, as JSON text. */
final class AlertJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AlertJson() {}

  /**
   * Such as {@code {"matched": [{"name": "api_error_rate", "id": "1m", "from": …, "to": …, "value":
   * 0.12, "expected": 0.05, "expected_high": 0.05}], "resolution": "recovered", "runbook":
   * "docs/…", "dashboard": "http://…"}}.
   *
   * @param dashboard the address of the one that it opens; empty for none
   */
  static String evidence(Alert alert, String dashboard) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("matched");
      for (Evidence evidence : alert.evidence()) {
        write(evidence, out);
      }
      out.writeEndArray();
      if (alert.resolution() != null) {
        out.writeStringField("resolution", alert.resolution().name().toLowerCase(Locale.ROOT));
      }
      if (!alert.profile().runbook().isEmpty()) {
        out.writeStringField("runbook", alert.profile().runbook());
      }
      if (!dashboard.isEmpty()) {
        out.writeStringField("dashboard", dashboard);
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /**
   * Such as {@code [{"series": "endpoint=/inference", "value": 90, "before": 20, "share": 0.62}]}.
   */
  static String contributors(Alert alert) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      for (Contributor contributor : alert.contributors()) {
        out.writeStartObject();
        out.writeStringField("series", contributor.series());
        write("value", contributor.value(), out);
        write("before", contributor.before(), out);
        out.writeNumberField("share", contributor.share());
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(Evidence evidence, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", evidence.name());
    out.writeStringField("id", evidence.id());
    out.writeStringField("from", evidence.from().toString());
    if (evidence.to() != null) {
      out.writeStringField("to", evidence.to().toString());
    }
    write("value", evidence.value(), out);
    write("expected", evidence.expected(), out);
    write("expected_low", evidence.low(), out);
    write("expected_high", evidence.high(), out);
    out.writeEndObject();
  }

  private static void write(String name, Double number, JsonGenerator out) throws IOException {
    if (number != null) {
      out.writeNumberField(name, number);
    }
  }
}
