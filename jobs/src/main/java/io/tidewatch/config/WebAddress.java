package io.tidewatch.config;

import java.net.URI;
import java.util.Optional;

/** Addresses of web servers in configuration. */
public final class WebAddress {

  private WebAddress() {}

  /** The address without slashes at its end; empty if it is none of http or https. */
  public static Optional<URI> parse(String text) {
    try {
      URI url = URI.create(text.replaceFirst("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
