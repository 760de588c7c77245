package io.tidewatch.local.demo;

import io.tidewatch.local.TerminalText;
import java.io.PrintStream;
import java.util.List;

/** A terminal that understands ANSI escape codes: what changes is drawn over. */
final class TerminalScreen implements Screen {

  private static final String ERASE_LINE = "\033[K";
  private static final String BOLD = "\033[1m";
  private static final String RED = "\033[31m";
  private static final String YELLOW = "\033[33m";
  private static final String GREEN = "\033[32m";
  private static final String DIM = "\033[2m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private int drawn;

  TerminalScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void say(String line) {
    draw(List.of());
    out.println(TerminalText.printable(line));
    out.flush();
  }

  @Override
  public synchronized void progress(String line) {
    draw(List.of(Layout.fit(line)));
  }

  @Override
  public synchronized void show(Picture picture) {
    draw(Layout.picture(picture).stream().map(TerminalScreen::coloured).toList());
  }

  /** Over what was drawn last. */
  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\033[").append(drawn).append('A');
    }
    lines.forEach(line -> text.append('\r').append(line).append(ERASE_LINE).append('\n'));
    text.append("\033[J");
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  private static String coloured(String line) {
    if (line.startsWith("Tidewatch") || line.startsWith("INCIDENTS") || line.startsWith("ALERTS")) {
      return BOLD + line + PLAIN;
    }
    if (line.startsWith("─")) {
      return DIM + line + PLAIN;
    }
    String severity = line.length() > 20 ? line.substring(11, 19).strip() : "";
    return switch (severity) {
      case "critical", "high" -> RED + line + PLAIN;
      case "medium", "low" -> YELLOW + line + PLAIN;
      case "resolved" -> GREEN + line + PLAIN;
      default -> line;
    };
  }
}
