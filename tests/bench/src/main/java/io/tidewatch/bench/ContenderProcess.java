package io.tidewatch.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * One run of one contender: it reads the topic several times, the last one to be measured. Says
 * what each took on standard output and leaves the last one's rows in a file.
 */
final class ContenderProcess {

  /**
   * How often the topic is read. The best compiler takes a quarter of the CPU of the second
   * reading, and less than a tenth of the third's.
   */
  static final int PASSES = 3;

  private ContenderProcess() {}

  /**
   * @param arguments contender, bootstrap, requests, configuration, directory
   */
  public static void main(String[] arguments) {
    endWithParent();
    int exitCode = 1;
    try {
      run(arguments);
      exitCode = 0;
    } catch (Exception e) {
      e.printStackTrace();
    }
    // Threads of the libraries may still be about.
    System.exit(exitCode);
  }

  /** Its standard input is a pipe from the bench, which may be stopped at any time. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // a pipe that breaks has ended too
              }
              Runtime.getRuntime().halt(1);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void run(String[] arguments) throws Exception {
    Contender contender = Contender.valueOf(arguments[0]);
    String bootstrap = arguments[1];
    long requests = Long.parseLong(arguments[2]);
    Path conf = Path.of(arguments[3]);
    Path directory = Path.of(arguments[4]);
    for (int pass = 1; pass < PASSES; pass++) {
      run(contender, bootstrap, requests, conf, directory.resolve("pass-" + pass));
    }
    run(contender, bootstrap, requests, conf, directory.resolve("pass-" + PASSES))
        .write(rows(directory));
  }

  static Path rows(Path directory) {
    return directory.resolve("rows.tsv");
  }

  private static Aggregates run(
      Contender contender, String bootstrap, long requests, Path conf, Path directory)
      throws Exception {
    Workload workload = new Workload(requests);
    Aggregates result = new Aggregates(requests);
    Measurement measured =
        contender
            .work()
            .run(
                new Contender.Assignment(
                    bootstrap, Topic.of(workload), workload, conf, directory, result));
    System.out.println(measured.toLine());
    return result;
  }
}
