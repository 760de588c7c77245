package io.tidewatch.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tidewatch.clickhouse.Table;
import io.tidewatch.time.UtcTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Rows of a table as JSON: its columns, times in RFC 3339 UTC with milliseconds, decimals as
 * strings.
 */
final class RowJson<T> {

  /** Orders rows of a key in ClickHouse; a topic's order does that for its readers. */
  private static final String VERSION = "version";

  private final JsonFactory json = new JsonFactory();
  private final Table<T> table;

  /** Of the table's columns, in their order; null for one that is left out. */
  private final SerializableString[] names;

  RowJson(Table<T> table) {
    this.table = table;
    this.names =
        table.columns().stream()
            .map(column -> column.equals(VERSION) ? null : new SerializedString(column))
            .toArray(SerializableString[]::new);
  }

  byte[] write(T row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      for (int column = 0; column < names.length; column++) {
        if (names[column] != null) {
          out.writeFieldName(names[column]);
          write(table.value(column, row), out);
        }
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Instant time) {
      out.writeString(UtcTime.rfc3339(time));
    } else if (value instanceof BigDecimal decimal) {
      out.writeString(decimal.toPlainString());
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeStringField((String) entry.getKey(), (String) entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object item : list) {
        out.writeString((String) item);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeNumber(flag ? 1 : 0);
    } else if (value instanceof Long whole) {
      out.writeNumber(whole);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else {
      out.writeString(value.toString());
    }
  }
}
