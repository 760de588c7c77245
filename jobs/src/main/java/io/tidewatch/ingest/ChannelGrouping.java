package io.tidewatch.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The default channel grouping: which channel brought a visit, from its utm tags and its referrer.
 *
 * <p>Tags outrank the referrer, a paid medium outranks the kind of site. A visit without tags that
 * nobody or the company's own site referred is {@code direct}; tags that mean nothing here give
 * {@code unassigned}.
 */
final class ChannelGrouping {

  private static final Set<String> SEARCH =
      Set.of("google", "bing", "yahoo", "duckduckgo", "baidu", "yandex", "ecosia", "qwant");
  private static final Set<String> SOCIAL =
      Set.of(
          "facebook",
          "fb",
          "instagram",
          "linkedin",
          "lnkd",
          "twitter",
          "x",
          "t",
          "reddit",
          "tiktok",
          "pinterest",
          "youtube",
          "mastodon",
          "threads",
          "bluesky",
          "bsky");
  private static final Set<String> MAIL = Set.of("email", "e-mail", "e_mail", "newsletter");
  private static final Pattern PAID = Pattern.compile("(.*cp.*|ppc|retargeting|paid.*)");
  private static final Set<String> DISPLAY =
      Set.of("display", "banner", "expandable", "interstitial", "cpm");
  private static final Set<String> SOCIAL_MEDIUM =
      Set.of("social", "social-network", "social-media", "sm", "social_network", "social_media");
  private static final Set<String> REFERRAL_MEDIUM = Set.of("referral", "app", "link");
  private static final Set<String> NO_TAG = Set.of("", "(none)", "(not set)", "(direct)", "direct");

  private final Set<String> ownHosts;

  ChannelGrouping(Set<String> ownHosts) {
    this.ownHosts = ownHosts;
  }

  /** The channel of a visit; absent tags and referrer are null. */
  String channelOf(String utmSource, String utmMedium, String referrer) {
    String source = tag(utmSource);
    String medium = tag(utmMedium);
    return source.isEmpty() && medium.isEmpty() ? fromReferrer(referrer) : fromTags(source, medium);
  }

  private static String fromTags(String source, String medium) {
    String site = siteOf(source);
    if (medium.equals("affiliate") || medium.equals("affiliates")) {
      return "affiliates";
    }
    if (MAIL.contains(medium) || MAIL.contains(source)) {
      return "email";
    }
    if (DISPLAY.contains(medium)) {
      return "display";
    }
    if (PAID.matcher(medium).matches()) {
      if (SOCIAL.contains(site) || medium.contains("social")) {
        return "paid_social";
      }
      return SEARCH.contains(site)
              || medium.contains("search")
              || medium.equals("ppc")
              || medium.equals("cpc")
          ? "paid_search"
          : "paid_other";
    }
    if (SOCIAL_MEDIUM.contains(medium) || SOCIAL.contains(site)) {
      return "social";
    }
    if (medium.equals("organic") || SEARCH.contains(site)) {
      return "organic_search";
    }
    if (REFERRAL_MEDIUM.contains(medium)) {
      return "referral";
    }
    return switch (medium) {
      case "video" -> "video";
      case "audio" -> "audio";
      case "sms" -> "sms";
      case "push", "mobile", "notification" -> "push";
      default -> "unassigned";
    };
  }

  private String fromReferrer(String referrer) {
    String host = hostOf(referrer);
    if (host == null || isOwn(host)) {
      return "direct";
    }
    String site = siteOf(host);
    if (SEARCH.contains(site)) {
      return "organic_search";
    }
    return SOCIAL.contains(site) ? "social" : "referral";
  }

  private boolean isOwn(String host) {
    return ownHosts.stream().anyMatch(own -> host.equals(own) || host.endsWith('.' + own));
  }

  /** The search engine or social network a host belongs to, by name; empty if it is neither. */
  private static String siteOf(String host) {
    List<String> labels = List.of(host.split("\\."));
    for (String label : labels) {
      if (SEARCH.contains(label) || (SOCIAL.contains(label) && isRegistered(labels, label))) {
        return label;
      }
    }
    return "";
  }

  /** Whether the label is the registered name and not, say, the {@code t} of t.example.com. */
  private static boolean isRegistered(List<String> labels, String label) {
    return labels.indexOf(label) >= labels.size() - 2;
  }

  /** The host of a referrer with or without scheme, whatever follows it; null if absent. */
  private static String hostOf(String referrer) {
    if (referrer == null || referrer.isBlank()) {
      return null;
    }
    String trimmed = referrer.strip();
    int scheme = trimmed.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int to = from;
    while (to < trimmed.length() && "/?#:".indexOf(trimmed.charAt(to)) < 0) {
      to++;
    }
    return trimmed.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private static String tag(String tag) {
    String lower = tag == null ? "" : tag.strip().toLowerCase(Locale.ROOT);
    return NO_TAG.contains(lower) ? "" : lower;
  }
}
