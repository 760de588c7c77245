package io.tidewatch.local.command;

import io.tidewatch.config.ConfigurationException;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.demo.DemoDirectory;
import io.tidewatch.local.demo.FreshGround;
import io.tidewatch.local.stack.LocalConfiguration;
import io.tidewatch.local.stack.LocalStack;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that all commands share. */
public final class CommonOptions {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the local stack keeps its data, created where missing (default: .data).",
      defaultValue = "${sys:tidewatch.home:-.}/.data")
  private Path dataDirectory;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Where the configuration is (default: flink-conf).",
      defaultValue = "${sys:tidewatch.home:-.}/flink-conf")
  private Path conf;

  /** The data directory, created where missing; from now on this process logs into it. */
  public DataDirectory dataDirectory() {
    DataDirectory directory = DataDirectory.at(dataDirectory);
    System.setProperty("tidewatch.logs", directory.logs().toString());
    return directory;
  }

  public Path conf() {
    return conf;
  }

  /**
   * The configuration, where no stack is needed to use it.
   *
   * @throws ConfigurationException naming all problems
   */
  public TidewatchSettings settings() {
    return LocalConfiguration.read(conf, System.getenv());
  }

  /**
   * Starts a stack that stops with this process, also on Ctrl-C.
   *
   * @param progress gets a line per part
   * @throws ConfigurationException naming all problems
   */
  LocalStack startStack(LocalStack.Ports ports, PrintStream progress) {
    DataDirectory directory = dataDirectory();
    DemoDirectory.keep(directory);
    return stoppedAtExit(LocalStack.start(directory, conf, ports, System.getenv(), progress));
  }

  /** The same for a demo: what an earlier one left is removed before. */
  LocalStack startDemoStack(LocalStack.Ports ports, PrintStream progress) {
    DataDirectory directory = dataDirectory();
    LocalStack.check(conf, ports, System.getenv());
    FreshGround.require(settings(), System.getenv());
    DemoDirectory.prepare(directory);
    return stoppedAtExit(LocalStack.start(directory, conf, ports, System.getenv(), progress));
  }

  /** The same without Flink. */
  LocalStack startStackWithoutFlink(LocalStack.Ports ports, PrintStream progress) {
    DataDirectory directory = dataDirectory();
    DemoDirectory.keep(directory);
    return stoppedAtExit(
        LocalStack.startWithoutFlink(directory, conf, ports, System.getenv(), progress));
  }

  private static LocalStack stoppedAtExit(LocalStack stack) {
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
    return stack;
  }
}
