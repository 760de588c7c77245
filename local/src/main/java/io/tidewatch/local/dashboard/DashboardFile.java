package io.tidewatch.local.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A dashboard as Grafana is given it, and the queries in it. */
public record DashboardFile(JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The dashboards of a folder, by file name.
   *
   * @throws UncheckedIOException if one can't be read
   */
  public static List<DashboardFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(DashboardFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DashboardFile read(Path file) {
    try {
      return new DashboardFile(JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String uid() {
    return json.path("uid").asText();
  }

  public String title() {
    return json.path("title").asText();
  }

  public List<VariableQuery> variables() {
    List<VariableQuery> variables = new ArrayList<>();
    for (JsonNode variable : json.at("/templating/list")) {
      if (variable.path("type").asText().equals("query")) {
        variables.add(
            new VariableQuery(
                variable.path("name").asText(),
                variable.path("label").asText(),
                variable.path("query").asText()));
      }
    }
    return variables;
  }

  public List<PanelQuery> panels() {
    List<String> variables = variables().stream().map(VariableQuery::name).toList();
    List<PanelQuery> queries = new ArrayList<>();
    for (JsonNode panel : json.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String sql = target.path("rawSql").asText();
        queries.add(
            new PanelQuery(
                panel.path("id").asInt(),
                panel.path("type").asText(),
                panel.path("title").asText(),
                target.path("refId").asText(),
                sql,
                least(panel),
                variables.stream().filter(name -> names(sql, name)).toList()));
      }
    }
    return queries;
  }

  /** Intervals are given in minutes. */
  private static Duration least(JsonNode panel) {
    return panel.has("interval")
        ? Duration.parse("PT" + panel.path("interval").asText().toUpperCase(Locale.ROOT))
        : Duration.ofSeconds(1);
  }

  private static boolean names(String sql, String variable) {
    return Pattern.compile("\\$\\{?" + variable + "\\b").matcher(sql).find();
  }

  /** What finds the annotations: rows of {@code time, timeEnd, title, text, tags}. */
  public List<String> annotations() {
    List<String> queries = new ArrayList<>();
    for (JsonNode annotation : json.at("/annotations/list")) {
      if (annotation.has("target")) {
        queries.add(annotation.at("/target/rawSql").asText());
      }
    }
    return queries;
  }
}
