package io.tidewatch.local;

import com.sun.net.httpserver.Headers;
import java.util.regex.Pattern;

/**
 * Where a browser says that a request comes from. What is no browser says nothing of it but whom it
 * asks.
 *
 * @param headers of the request
 */
public record RequestOrigin(Headers headers) {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  /**
   * Whether the loopback address was asked for by its own name, at whatever port: no other name can
   * be pointed at it to read from it.
   */
  public boolean asksLoopback() {
    String host = headers.getFirst("Host");
    return host != null && LOOPBACK.matcher(host).matches();
  }

  /** Whether no page sent it, or one that came from where it asks. */
  public boolean isOwn() {
    String origin = headers.getFirst("Origin");
    return origin == null || origin.equalsIgnoreCase("http://" + headers.getFirst("Host"));
  }

  /** Whether a page of another origin had it sent, be it as a link, an image or a form. */
  public boolean isSentByAnotherSite() {
    String site = headers.getFirst("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }
}
