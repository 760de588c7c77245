package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.util.NetUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink ignores keys it does not know without a word, so this says it instead. */
class FlinkConfigurationTest {

  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));

  private static final String REPORTER = "prom";
  private static final String REPORTER_CLASS = "metrics.reporter.prom.factory.class";
  private static final String REPORTER_PORT = "metrics.reporter.prom.port";

  /** Options with a name in the middle, such as that of a reporter. */
  private static final Set<String> OF_REPORTERS = Set.of(REPORTER_CLASS, REPORTER_PORT);

  @ParameterizedTest
  @ValueSource(strings = {"local", "docker", "prod"})
  void usesCurrentNamesOfOptionsOnly(String environment) throws Exception {
    Configuration configuration = load("flink-conf/" + environment);
    assertIsUnderstood(configuration);
    assertThat(configuration.toMap()).containsEntry("pipeline.generic-types", "false");
  }

  @Test
  void soDoesWhatAClusterOnOneMachineAdds() throws Exception {
    assertIsUnderstood(load("local/cluster"));
  }

  @Test
  void aValueThatIsNoneOfItsOptionIsFound() {
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.interval", "soon");
    assertThatThrownBy(() -> assertIsUnderstood(configuration))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("execution.checkpointing.interval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "docker", "prod"})
  void reportersAreThoseThatAreConfigured(String environment) throws Exception {
    Configuration configuration = load("flink-conf/" + environment);
    if (!configuration.containsKey(REPORTER_CLASS)) {
      assertThat(configuration.keySet()).doesNotContain(REPORTER_PORT);
      return;
    }
    assertThat(configuration.get(MetricOptions.REPORTERS_LIST)).isEqualTo(REPORTER);
    assertThat(configuration.toMap().get(REPORTER_PORT))
        .satisfies(
            ports ->
                assertThat(NetUtils.getPortRangeFromString(ports).hasNext()).as(ports).isTrue());
    String factory =
        MetricOptions.forReporter(configuration, REPORTER)
            .get(MetricOptions.REPORTER_FACTORY_CLASS);
    // its jar is in the images of Flink, and only there
    assumeThat(isOnClassPath(factory)).isTrue();
    assertThat(MetricReporterFactory.class).isAssignableFrom(Class.forName(factory));
  }

  private static boolean isOnClassPath(String name) {
    return FlinkConfigurationTest.class.getResource('/' + name.replace('.', '/') + ".class")
        != null;
  }

  /** All keys are of options, and all values can be read as theirs. */
  private static void assertIsUnderstood(Configuration configuration) throws Exception {
    Map<String, ConfigOption<?>> known = known();
    Set<String> keys = new HashSet<>(configuration.keySet());
    keys.removeAll(OF_REPORTERS);
    assertThat(keys).isNotEmpty().isSubsetOf(known.keySet());
    for (String key : keys) {
      assertThatCode(() -> configuration.get(known.get(key))).as(key).doesNotThrowAnyException();
    }
  }

  private static Configuration load(String folder) {
    return GlobalConfiguration.loadConfiguration(HOME.resolve(folder).toString());
  }

  private static Map<String, ConfigOption<?>> known() throws Exception {
    Map<String, ConfigOption<?>> known = optionsIn(Configuration.class);
    known.putAll(optionsIn(MiniCluster.class));
    known.putAll(optionsIn(RocksDBOptions.class));
    return known;
  }

  /**
   * All options, by their current keys, that the jar of a class declares and does not deprecate.
   */
  private static Map<String, ConfigOption<?>> optionsIn(Class<?> inJar)
      throws IOException, URISyntaxException, IllegalAccessException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    Path jar = Path.of(inJar.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith("Options.class")) {
          options.putAll(optionsOf(entry.getName()));
        }
      }
    }
    return options;
  }

  private static Map<String, ConfigOption<?>> optionsOf(String classFile)
      throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    String name = classFile.substring(0, classFile.length() - ".class".length()).replace('/', '.');
    try {
      for (Field field : Class.forName(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && ConfigOption.class.isAssignableFrom(field.getType())
            && !field.isAnnotationPresent(Deprecated.class)) {
          field.setAccessible(true);
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return Map.of(); // options of a library that is not here
    }
    return options;
  }
}
