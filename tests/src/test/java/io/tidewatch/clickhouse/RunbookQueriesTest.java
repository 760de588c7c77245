package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runbooks tell people to ask at 3 a.m. can be asked. */
class RunbookQueriesTest {

  @RegisterExtension static final LiveClickHouse CLICK_HOUSE = new LiveClickHouse();

  private static final Path RUNBOOKS =
      Path.of(System.getProperty("tidewatch.home"), "docs", "runbooks");
  private static final Pattern QUERY = Pattern.compile("\\./tidewatch sql \"([^\"]+)\"");

  @Test
  void theSchemaAnswersThem() throws IOException {
    ClickHouseClient client = new ClickHouseClient(CLICK_HOUSE.endpoint(), "tidewatch");
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      List<String> queries = pages.flatMap(RunbookQueriesTest::queries).distinct().toList();
      assertThat(queries).hasSizeGreaterThan(30);
      assertThat(queries).allSatisfy(client::query);
    }
  }

  private static Stream<String> queries(Path page) {
    try {
      return QUERY.matcher(Files.readString(page)).results().map(found -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
