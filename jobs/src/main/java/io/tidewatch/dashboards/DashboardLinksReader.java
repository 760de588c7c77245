package io.tidewatch.dashboards;

import io.tidewatch.config.WebAddress;
import io.tidewatch.config.YamlMap;
import io.tidewatch.config.YamlNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code dashboards} of {@code tidewatch.yaml}. */
public final class DashboardLinksReader {

  /** Where the dashboards are, in place of what the file says. */
  public static final String VARIABLE = "DASHBOARDS_URL";

  private DashboardLinksReader() {}

  /** No links where the file has no such section. */
  public static DashboardLinks read(YamlMap root, Map<String, String> environment) {
    return root.optional("dashboards")
        .flatMap(section -> section(section.map(), environment))
        .orElse(DashboardLinks.NONE);
  }

  private static Optional<DashboardLinks> section(YamlMap map, Map<String, String> environment) {
    Optional<URI> ofFile =
        map.required("url").flatMap(node -> node.string().flatMap(text -> url(text, node)));
    Optional<URI> url =
        Optional.ofNullable(environment.get(VARIABLE))
            .filter(text -> !text.isEmpty())
            .flatMap(text -> url(text, map.node()))
            .or(() -> ofFile);
    Map<String, String> boards = new LinkedHashMap<>();
    map.optional("boards")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((receiver, node) -> node.string().ifPresent(uid -> boards.put(receiver, uid)));
    Optional<String> otherwise = map.required("otherwise").flatMap(YamlNode::string);
    return url.flatMap(
        address -> otherwise.map(uid -> new DashboardLinks(address.toString(), boards, uid)));
  }

  private static Optional<URI> url(String text, YamlNode node) {
    Optional<URI> url = WebAddress.parse(text);
    if (url.isEmpty()) {
      node.problem("expected an address such as http://host:3000, not '" + text + "'");
    }
    return url;
  }
}
