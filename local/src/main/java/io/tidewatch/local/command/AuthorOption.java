package io.tidewatch.local.command;

import picocli.CommandLine.Option;

/** Who wants a change. */
public final class AuthorOption {

  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who wants it, for the audit log (default: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:user.name}")
  private String author;

  String author() {
    return author;
  }
}
