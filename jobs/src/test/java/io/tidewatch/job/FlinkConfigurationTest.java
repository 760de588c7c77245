package io.tidewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink ignores keys it does not know without a word, so this says it instead. */
class FlinkConfigurationTest {

  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));

  /** Options with a name in the middle, such as that of a reporter. */
  private static final Set<String> OF_REPORTERS =
      Set.of("metrics.reporter.prom.factory.class", "metrics.reporter.prom.port");

  @ParameterizedTest
  @ValueSource(strings = {"local", "docker", "prod"})
  void usesCurrentNamesOfOptionsOnly(String environment) throws Exception {
    Configuration configuration = load("flink-conf/" + environment);
    assertThat(configuration.keySet()).isNotEmpty().isSubsetOf(known());
    assertThat(configuration.toMap()).containsEntry("pipeline.generic-types", "false");
  }

  @Test
  void soDoesWhatAClusterOnOneMachineAdds() throws Exception {
    assertThat(load("local/cluster").keySet()).isNotEmpty().isSubsetOf(known());
  }

  private static Configuration load(String folder) {
    return GlobalConfiguration.loadConfiguration(HOME.resolve(folder).toString());
  }

  private static Set<String> known() throws Exception {
    Set<String> known = optionsIn(Configuration.class);
    known.addAll(optionsIn(MiniCluster.class));
    known.addAll(optionsIn(RocksDBOptions.class));
    known.addAll(OF_REPORTERS);
    return known;
  }

  /** The current keys of all options that the jar of a class declares and does not deprecate. */
  private static Set<String> optionsIn(Class<?> inJar)
      throws IOException, URISyntaxException, IllegalAccessException {
    Set<String> keys = new HashSet<>();
    Path jar = Path.of(inJar.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith("Options.class")) {
          keys.addAll(keysOf(entry.getName()));
        }
      }
    }
    return keys;
  }

  private static Set<String> keysOf(String classFile) throws IllegalAccessException {
    Set<String> keys = new HashSet<>();
    String name = classFile.substring(0, classFile.length() - ".class".length()).replace('/', '.');
    try {
      for (Field field : Class.forName(name).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && ConfigOption.class.isAssignableFrom(field.getType())
            && !field.isAnnotationPresent(Deprecated.class)) {
          field.setAccessible(true);
          keys.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return Set.of(); // options of a library that is not here
    }
    return keys;
  }
}
