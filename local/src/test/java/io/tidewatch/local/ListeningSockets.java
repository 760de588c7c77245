package io.tidewatch.local;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process listens for TCP, as Linux tells it. */
public final class ListeningSockets {

  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSockets() {}

  /** The addresses, one for each socket. */
  public static List<InetAddress> of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> own = sockets(process.resolve("fd"));
    List<InetAddress> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns[STATE].equals(LISTENING) && own.contains("socket:[" + columns[INODE] + "]")) {
          addresses.add(address(columns[ADDRESS].split(":")[0]));
        }
      }
    }
    return addresses;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(ListeningSockets::target).collect(Collectors.toSet());
    }
  }

  /** Empty for one that was closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /** Linux writes addresses as words of four bytes, the lowest first. */
  private static InetAddress address(String hex) throws IOException {
    byte[] words = HexFormat.of().parseHex(hex);
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = words[i - i % 4 + 3 - i % 4];
    }
    return InetAddress.getByAddress(bytes);
  }
}
