package io.tidewatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.endtoend.Patience;
import io.tidewatch.local.flink.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The cluster of {@code local/cluster/flink-cluster}, used and broken as an operator would. */
final class FlinkCluster implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));
  private static final Path JOB = HOME.resolve("jobs/target/tidewatch-jobs.jar");
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** In a short run no process lives until the best compiler has paid off. */
  private static final String JAVA_OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m";

  private final Path data;

  /** Nothing runs before {@link #start}. */
  FlinkCluster(Path data) {
    this.data = data;
  }

  /**
   * Starts what does not run of the cluster, also what was killed, and returns when it is ready.
   */
  void start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("start"));
    command.addAll(List.of(options));
    run(Map.of(), command);
  }

  /**
   * Submits the job.
   *
   * @param configuration the {@code tidewatch.yaml}
   * @param options of Flink's command, such as {@code -s}
   * @return its id
   */
  String submit(
      Path configuration, int parallelism, Map<String, String> environment, String... options)
      throws IOException {
    assertThat(JOB).as("the job's jar, which mvn package makes").exists();
    List<String> command =
        new ArrayList<>(List.of("flink", "run", "-d", "-p", Integer.toString(parallelism)));
    command.addAll(List.of(options));
    command.addAll(
        List.of(JOB.toString(), "--config", configuration.toString(), "--stages", "all"));
    return find(SUBMITTED, run(environment, command));
  }

  /**
   * Stops a job with a savepoint as soon as it runs as a whole.
   *
   * @return the savepoint
   */
  String stop(String job) throws IOException {
    Patience.await("the job runs as a whole", PATIENCE, () -> runs(job));
    return find(SAVEPOINT, run(Map.of(), List.of("flink", "stop", job)));
  }

  /** Whether each task of a job is at work. */
  boolean runs(String job) throws IOException {
    JsonNode vertices = rest().get("/jobs/" + job).get("vertices");
    return !vertices.isEmpty()
        && StreamSupport.stream(vertices.spliterator(), false)
            .allMatch(vertex -> vertex.get("status").asText().equals("RUNNING"));
  }

  /** Whether all parts of a job know that a time has passed, since it was last restored. */
  boolean hasPassed(String job, Instant time) throws IOException {
    return rest().lowestWatermark(job) >= time.toEpochMilli();
  }

  /** Until a checkpoint that began after now is complete. */
  void awaitCheckpoint(String job) {
    long now = System.currentTimeMillis();
    Patience.await(
        "a checkpoint",
        PATIENCE,
        () ->
            rest()
                    .get("/jobs/" + job + "/checkpoints")
                    .at("/latest/completed/trigger_timestamp")
                    .asLong()
                > now);
  }

  /** Ends a process as a crash would: {@code jobmanager}, {@code taskmanager-1}, … */
  void kill(String process) throws IOException {
    long pid = Long.parseLong(Files.readString(data.resolve("run").resolve(process + ".pid")));
    ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  @Override
  public void close() throws IOException {
    run(Map.of(), List.of("stop"));
  }

  private FlinkRest rest() throws IOException {
    String port =
        Files.readAllLines(data.resolve("conf/config.yaml")).stream()
            .filter(line -> line.startsWith("rest.port: "))
            .map(line -> line.substring("rest.port: ".length()))
            .findFirst()
            .orElseThrow();
    return new FlinkRest(URI.create("http://127.0.0.1:" + port));
  }

  private String run(Map<String, String> environment, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                HOME.resolve("local/cluster/flink-cluster").toString(),
                "--data-dir",
                data.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder
        .environment()
        .merge("JDK_JAVA_OPTIONS", JAVA_OPTIONS, (others, own) -> others + ' ' + own);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.onExit().join().exitValue()).as(arguments + "\n" + output).isZero();
    return output;
  }

  private static String find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }
}
