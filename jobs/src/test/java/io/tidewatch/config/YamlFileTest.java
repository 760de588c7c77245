package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "s3cret");

  @TempDir Path directory;

  private final Problems problems = new Problems();

  @Test
  void readsTypedValues() {
    read(
        """
        name: replay
        count: 42
        rate: 0.70
        on: true
        wait: 10s
        level: high
        topics: [a, b]
        one: c
        """,
        root -> {
          YamlMap map = root.map();
          assertThat(map.string("name")).contains("replay");
          assertThat(map.optional("count").flatMap(YamlNode::integer)).contains(42L);
          assertThat(map.optional("rate").flatMap(YamlNode::decimal))
              .contains(new BigDecimal("0.70"));
          assertThat(map.bool("on")).contains(true);
          assertThat(map.duration("wait")).contains(Duration.ofSeconds(10));
          assertThat(map.optional("level").flatMap(node -> node.oneOf(Level.class)))
              .contains(Level.HIGH);
          assertThat(map.required("topics").orElseThrow().strings()).containsExactly("a", "b");
          assertThat(map.required("one").orElseThrow().strings()).containsExactly("c");
          assertThat(map.string("absent")).isEmpty();
          return map;
        });
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void readsDurations() {
    List<Duration> durations =
        read(
                "[500ms, 10s, 5m, 24h, 30d]",
                root ->
                    root.list().stream().map(YamlNode::duration).flatMap(Optional::stream).toList())
            .orElseThrow();
    assertThat(durations)
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofDays(30));
  }

  @Test
  void reportsEveryProblemWithLineAndPath() {
    read(
        """
        count: many
        rate: [1]
        on: maybe
        wait: 10 parsecs
        level: hihg
        topics: {a: 1}
        source:
          topic: a
          topic: b
        """,
        root -> {
          YamlMap map = root.map();
          map.optional("count").flatMap(YamlNode::integer);
          map.optional("rate").flatMap(YamlNode::decimal);
          map.bool("on");
          map.duration("wait");
          map.optional("level").flatMap(node -> node.oneOf(Level.class));
          map.optional("topics").map(YamlNode::list);
          map.optional("source").map(YamlNode::map).map(source -> source.string("topic"));
          map.required("name");
          return map;
        });
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "test.yaml:1: count: expected a whole number, not 'many'",
            "test.yaml:1: 'name' is missing",
            "test.yaml:2: rate: expected a number, not a list",
            "test.yaml:3: on: expected true or false, not 'maybe'",
            "test.yaml:4: wait: expected a duration such as 10s, 5m, 24h or 30d, not '10 parsecs'",
            "test.yaml:5: level: expected one of low, high, not 'hihg'; did you mean 'high'?",
            "test.yaml:6: topics: expected a list, not a mapping",
            "test.yaml:9: source: key 'topic' is given twice");
  }

  @Test
  void reportsKeysThatNobodyAskedFor() {
    read(
        """
        sources:
          - topic: a
            fromat: flat
          - tpoic: b
        colour: blue
        """,
        root -> {
          for (YamlNode source : root.map().required("sources").orElseThrow().list()) {
            YamlMap map = source.map();
            map.string("topic");
            map.string("format");
          }
          return root;
        });
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "test.yaml:3: sources[0]: unknown key 'fromat'; did you mean 'format'?",
            "test.yaml:4: sources[1]: unknown key 'tpoic'; did you mean 'topic'?",
            "test.yaml:5: unknown key 'colour'");
  }

  @Test
  void resolvesReferencesToTheEnvironment() {
    Optional<String> value = read("key: 'x-${ENV:KEY}'", root -> root.map().string("key").get());
    assertThat(value).contains("x-s3cret");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void neverPrintsWhatTheEnvironmentHolds() {
    read(
        """
        a: ${ENV:KEY}
        b: ${ENV:KEY}
        c: ${ENV:ABSENT}
        """,
        root -> {
          YamlMap map = root.map();
          map.optional("a").flatMap(YamlNode::integer);
          map.optional("b").flatMap(node -> node.oneOf(Level.class));
          map.string("c");
          return map;
        });
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "test.yaml:1: a: expected a whole number, not '${ENV:KEY}'",
            "test.yaml:2: b: expected one of low, high, not '${ENV:KEY}'",
            "test.yaml:3: c: the environment variable ABSENT is not set");
  }

  @Test
  void reportsWhatIsNoYaml() {
    assertThat(read("a: [1, 2\nb: 3\n", root -> root)).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(2))
        .satisfies(problem -> assertThat(problem.message()).startsWith("not valid YAML"));
  }

  @Test
  void reportsAFileThatIsEmptyOrAbsent() {
    assertThat(read("# nothing\n", root -> root)).isEmpty();
    assertThat(YamlFile.read(directory.resolve("no.yaml"), Map.of(), problems, root -> root))
        .isEmpty();
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactly("the file is empty", "there is no such file in " + directory);
  }

  @Test
  void throwsAllProblemsAtOnce() {
    read(
        "a: x\nb: y\n",
        root -> {
          YamlMap map = root.map();
          map.optional("a").flatMap(YamlNode::integer);
          return map.optional("b").flatMap(YamlNode::integer);
        });
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            2 problems in the configuration:
              test.yaml:1: a: expected a whole number, not 'x'
              test.yaml:2: b: expected a whole number, not 'y'""");
  }

  private <T> Optional<T> read(String yaml, Function<YamlNode, T> reader) {
    try {
      Path file = Files.writeString(directory.resolve("test.yaml"), yaml);
      return YamlFile.read(file, ENVIRONMENT, problems, reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private enum Level {
    LOW,
    HIGH
  }
}
