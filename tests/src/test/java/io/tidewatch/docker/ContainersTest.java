package io.tidewatch.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.SchemaFiles;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.dashboard.DashboardFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The containers as far as they can be checked without any: every file, variable, service, volume
 * and port that is named is there, and the parts agree with each other and with the code.
 */
class ContainersTest {

  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));
  private static final Path DOCKER = HOME.resolve("docker");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)([^}]*)}");

  private final Map<String, Object> compose = yaml(DOCKER.resolve("compose.yaml"));
  private final Map<String, Map<String, Object>> services = maps(compose.get("services"));

  @Test
  void everyVariableIsAskedForAndHasNoDefault() {
    Set<String> named = new TreeSet<>();
    for (MatchResult variable :
        VARIABLE.matcher(read(DOCKER.resolve("compose.yaml"))).results().toList()) {
      assertThat(variable.group(2)).as(variable.group(1)).isEqualTo(":?set it in docker/.env");
      named.add(variable.group(1));
    }
    maps(compose.get("secrets"))
        .values()
        .forEach(secret -> named.add(secret.get("environment").toString()));
    List<String> example = read(DOCKER.resolve(".env.example")).lines().toList();
    assertThat(example.stream().filter(line -> !line.isEmpty() && !line.startsWith("#")))
        .allMatch(line -> line.endsWith("="), "no value is given away")
        .map(line -> line.substring(0, line.length() - 1))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void everyFileThatIsMountedIsThere() {
    Set<String> volumes = maps(compose.get("volumes")).keySet();
    services.forEach(
        (name, service) -> {
          for (Object mount : list(service, "volumes")) {
            String source = mount.toString().split(":")[0];
            if (source.startsWith(".")) {
              assertThat(DOCKER.resolve(source)).as(name).exists();
            } else {
              assertThat(volumes).as(name).contains(source);
            }
          }
          Map<String, Object> build = map(service.get("build"));
          if (!build.isEmpty()) {
            assertThat(DOCKER.resolve(build.get("context").toString()).normalize()).isEqualTo(HOME);
            assertThat(HOME.resolve(build.get("dockerfile").toString())).exists();
            assertThat(read(DOCKER.resolve("Dockerfile")))
                .contains(" AS " + build.get("target") + "\n");
          }
        });
  }

  @Test
  void whatIsCopiedIntoImagesIsThereOrIsBuilt() {
    List<String> sources =
        Pattern.compile("(?m)^COPY (?:--chown=\\S+ )?([^-\\s]\\S*) \\S+$")
            .matcher(read(DOCKER.resolve("Dockerfile")))
            .results()
            .map(copy -> copy.group(1))
            .toList();
    assertThat(sources).contains("flink-conf/docker/config.yaml");
    assertThat(sources).allSatisfy(source -> assertThat(HOME.resolve(source)).exists());
  }

  @Test
  void portsAreOnLoopbackAlone() {
    assertThat(services.values())
        .flatMap(service -> list(service, "ports"))
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
  }

  @Test
  void imagesArePinned() {
    services.forEach(
        (name, service) ->
            assertThat(service.get("image").toString()).as(name).matches(".+:[v\\d][\\w.-]*"));
    assertThat(
            Pattern.compile("(?m)^FROM (\\S+)")
                .matcher(read(DOCKER.resolve("Dockerfile")))
                .results()
                .map(from -> from.group(1)))
        .isNotEmpty()
        .allMatch(image -> image.matches(".+:\\d[\\w.-]+"));
  }

  @Test
  void whatRunsOnIsWatchedAndWhatEndsIsWaitedFor() {
    services.forEach(
        (name, service) -> {
          boolean ends = service.get("restart").equals("no");
          assertThat(service.containsKey("healthcheck")).as(name).isNotEqualTo(ends);
          map(service.get("depends_on"))
              .forEach(
                  (other, how) -> {
                    assertThat(services).as(name).containsKey(other);
                    assertThat(map(how).get("condition"))
                        .as(name + " waits for " + other)
                        .isEqualTo(
                            services.get(other).get("restart").equals("no")
                                ? "service_completed_successfully"
                                : "service_healthy");
                  });
          for (Object secret : list(service, "secrets")) {
            assertThat(maps(compose.get("secrets"))).as(name).containsKey(secret.toString());
          }
        });
  }

  @Test
  void secretsThatAlertmanagerReadsAreGivenToIt() {
    assertThat(
            Pattern.compile("/run/secrets/(\\w+)")
                .matcher(read(DOCKER.resolve("alertmanager.yml")))
                .results()
                .map(file -> file.group(1))
                .collect(Collectors.toSet()))
        .isEqualTo(Set.copyOf(list(services.get("alertmanager"), "secrets")));
  }

  @Test
  void theJobFindsItsConfigurationAndAllThatItAsksFor() {
    List<String> command = strings(services.get("jobmanager"), "command");
    assertThat(command).contains(TidewatchJob.class.getName());
    String file = command.get(command.indexOf("--config") + 1);
    assertThat(strings(services.get("jobmanager"), "volumes"))
        .contains("../flink-conf:" + Path.of(file).getParent() + ":ro");
    assertThat(settings().sources().all()).isNotEmpty();
  }

  @Test
  void everyTopicIsCreated() {
    String script = read(DOCKER.resolve("topics.sh"));
    Set<String> created =
        Pattern.compile("for name in ([^;]*);")
            .matcher(script)
            .results()
            .flatMap(names -> Stream.of(names.group(1).replace("\\", " ").strip().split("\\s+")))
            .collect(Collectors.toSet());
    assertThat(created)
        .containsAll(
            settings().sources().all().stream()
                .map(SourceSetup::source)
                .flatMap(source -> source.topics().stream())
                .toList())
        .contains("events", "metric-windows", "customer-transitions", "dead-letters", "alerts")
        .contains("models", "fx-rates");
  }

  @Test
  void grafanaReadsAsAUserWhoMayLookAlone() {
    Map<String, Object> source =
        map(
            list(
                    yaml(DOCKER.resolve("grafana/provisioning/datasources/tidewatch.yaml")),
                    "datasources")
                .get(0));
    for (DashboardFile dashboard : DashboardFile.in(DOCKER.resolve("grafana/dashboards"))) {
      assertThat(dashboard.json().findValues("datasource"))
          .isNotEmpty()
          .allSatisfy(
              used -> {
                assertThat(used.path("uid").asText()).isEqualTo(source.get("uid"));
                assertThat(used.path("type").asText()).isEqualTo(source.get("type"));
              });
    }
    assertThat(services).containsKey(map(source.get("jsonData")).get("host").toString());
    String users = read(DOCKER.resolve("clickhouse/users.sh"));
    assertThat(users)
        .contains("make_user " + map(source.get("jsonData")).get("username") + " dashboards");
    for (MatchResult user :
        Pattern.compile("(?m)^make_user (\\w+) (\\w+)").matcher(users).results().toList()) {
      assertThat(SchemaFiles.packaged().roles())
          .contains("CREATE ROLE IF NOT EXISTS " + user.group(2));
    }
    String password = map(source.get("secureJsonData")).get("password").toString().substring(1);
    assertThat(map(services.get("grafana").get("environment"))).containsKey(password);
  }

  @Test
  void grafanaFindsItsDashboards() {
    Object provider =
        list(yaml(DOCKER.resolve("grafana/provisioning/dashboards/tidewatch.yaml")), "providers")
            .get(0);
    String folder = map(map(provider).get("options")).get("path").toString();
    assertThat(strings(services.get("grafana"), "volumes"))
        .contains("./grafana/dashboards:" + folder + ":ro");
    assertThat(
            map(services.get("grafana").get("environment")).values().stream().map(Object::toString))
        .filteredOn(value -> value.startsWith(folder))
        .isNotEmpty()
        .allSatisfy(
            home ->
                assertThat(
                        DOCKER.resolve("grafana/dashboards").resolve(Path.of(home).getFileName()))
                    .exists());
  }

  @Test
  void prometheusFindsItsRulesAndWhomToAsk() {
    Map<String, Object> prometheus = yaml(DOCKER.resolve("prometheus/prometheus.yml"));
    for (Object rules : list(prometheus, "rule_files")) {
      assertThat(strings(services.get("prometheus"), "volumes"))
          .anyMatch(mount -> mount.contains(":" + rules + ":"));
    }
    for (Object group : list(yaml(DOCKER.resolve("prometheus/rules.yml")), "groups")) {
      for (Object rule : list(map(group), "rules")) {
        assertThat(map(rule)).containsKeys("alert", "expr", "labels", "annotations");
        assertThat(map(map(rule).get("labels"))).containsKeys("severity", "receivers", "actions");
      }
    }
    Pattern target = Pattern.compile("([a-z]+):\\d+");
    assertThat(
            target
                .matcher(read(DOCKER.resolve("prometheus/prometheus.yml")))
                .results()
                .map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(services::containsKey);
  }

  @Test
  void theDeploymentForKubernetesRunsTheSameJob() {
    Map<String, Object> spec = map(yaml(DOCKER.resolve("kubernetes/tidewatch.yaml")).get("spec"));
    Map<String, Object> job = map(spec.get("job"));
    assertThat(job).containsEntry("entryClass", TidewatchJob.class.getName());
    assertThat(read(DOCKER.resolve("Dockerfile")))
        .contains(job.get("jarURI").toString().substring("local://".length()));
    assertThat(spec.get("image")).isEqualTo(services.get("jobmanager").get("image"));
    Configuration production =
        GlobalConfiguration.loadConfiguration(HOME.resolve("flink-conf/prod").toString());
    assertThat(map(spec.get("flinkConfiguration")).keySet())
        .allSatisfy(option -> assertThat(production.keySet()).contains(option));
  }

  private TidewatchSettings settings() {
    Map<String, String> environment = new HashMap<>();
    map(services.get("jobmanager").get("environment"))
        .forEach((name, value) -> environment.put(name, value.toString()));
    return TidewatchSettings.load(HOME.resolve("flink-conf/tidewatch.yaml"), environment);
  }

  private static Map<String, Object> yaml(Path file) {
    return map(new Yaml().load(read(file)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static Map<String, Map<String, Object>> maps(Object value) {
    Map<String, Map<String, Object>> maps = new HashMap<>();
    map(value).forEach((name, entry) -> maps.put(name, map(entry)));
    return maps;
  }

  private static List<Object> list(Map<String, Object> map, String key) {
    return map.get(key) == null ? List.of() : new ArrayList<>((Collection<?>) map.get(key));
  }

  private static List<String> strings(Map<String, Object> map, String key) {
    return list(map, key).stream().map(Object::toString).toList();
  }
}
