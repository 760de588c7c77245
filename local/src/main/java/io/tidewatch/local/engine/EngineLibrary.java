package io.tidewatch.local.engine;

import io.tidewatch.local.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ClickHouse engine as a shared library, fetched once with the npm client into a cache.
 *
 * <p>The package is taken only if its SHA-512 is the one written here. The cache is {@code
 * $TIDEWATCH_CACHE}, by default {@code ~/.cache/tidewatch}.
 */
public final class EngineLibrary {

  static final String VERSION = "26.7.3-stable.1";

  private static final String FILE = "libchdb.so";
  private static final EnginePackage LINUX_X64 =
      new EnginePackage(
          "@chdb/lib-linux-x64-gnu",
          "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==");

  private final Path cache;
  private final PrintStream progress;

  /** A package of the npm registry and the SHA-512 of its archive, in Base64. */
  private record EnginePackage(String name, String sha512) {}

  EngineLibrary(Path cache, PrintStream progress) {
    this.cache = cache;
    this.progress = progress;
  }

  /** The library in the cache of this user; progress goes to the stream. */
  public static EngineLibrary ofUser(PrintStream progress) {
    Path root =
        Optional.ofNullable(System.getenv("TIDEWATCH_CACHE"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache", "tidewatch"));
    return new EngineLibrary(root.resolve("engine"), progress);
  }

  public boolean isCached() {
    return Files.exists(target());
  }

  /** Where the library is, or will be once fetched. */
  public Path target() {
    return cache.resolve(VERSION).resolve(FILE);
  }

  /** Whether there is an engine for this operating system and processor. */
  public static boolean isPlatformSupported() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /**
   * The library's file, downloaded first where the cache lacks it.
   *
   * @throws UserException where npm is missing, the download fails, or what came is not what was
   *     asked for
   */
  public Path path() {
    if (!isPlatformSupported()) {
      throw new UserException(
          "The ClickHouse engine runs on Linux x64 only: set CLICKHOUSE_URL to a ClickHouse server"
              + " instead.");
    }
    try {
      if (!isCached()) {
        fetchAlone();
      }
      return target();
    } catch (IOException e) {
      throw new UserException("Cannot install the ClickHouse engine into " + cache + ": " + e, e);
    }
  }

  private void fetchAlone() throws IOException {
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!isCached()) {
        fetch(LINUX_X64);
      }
    }
  }

  private void fetch(EnginePackage wanted) throws IOException {
    Path work = Files.createTempDirectory(cache, "download");
    try {
      progress.println("Downloading the ClickHouse engine, 178 MB, once …");
      Path archive = download(wanted, work);
      progress.println("Checking and unpacking the ClickHouse engine …");
      verify(archive, wanted.sha512());
      run(work, "tar", "-xzf", archive.toString(), "package/" + FILE);
      Files.createDirectories(target().getParent());
      Files.move(work.resolve("package").resolve(FILE), target(), StandardCopyOption.ATOMIC_MOVE);
      progress.println("The ClickHouse engine is in " + target().getParent());
    } finally {
      delete(work);
    }
  }

  private static Path download(EnginePackage wanted, Path work) throws IOException {
    run(work, "npm", "pack", "--silent", wanted.name() + "@" + VERSION);
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(() -> new IOException("npm left no archive"));
    }
  }

  static void verify(Path archive, String sha512) throws IOException {
    if (!sha512Of(archive).equals(sha512)) {
      throw new UserException(
          "The downloaded ClickHouse engine is not the expected one (its SHA-512 differs): try"
              + " again, or set CLICKHOUSE_URL to a ClickHouse server instead.");
    }
  }

  private static String sha512Of(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-512"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a tool to its end; a failure carries the first line that the tool wrote. */
  private static void run(Path directory, String... command) throws IOException {
    Path output = directory.resolve(command[0] + ".out");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new UserException(
          "The ClickHouse engine needs %s to be installed: install it, or set CLICKHOUSE_URL to a ClickHouse server instead."
              .formatted(command[0]),
          e);
    }
    if (process.onExit().join().exitValue() != 0) {
      List<String> lines = Files.readAllLines(output);
      throw new UserException(
          "%s could not fetch the ClickHouse engine (%s): try again, or set CLICKHOUSE_URL to a ClickHouse server instead."
              .formatted(command[0], lines.isEmpty() ? "no reason given" : lines.get(0)));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
