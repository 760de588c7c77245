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

  private DashboardLinksReader() {}

  /** No links where the file has no such section. */
  public static DashboardLinks read(YamlMap root) {
    return root.optional("dashboards")
        .flatMap(section -> section(section.map()))
        .orElse(DashboardLinks.NONE);
  }

  private static Optional<DashboardLinks> section(YamlMap map) {
    Optional<URI> url = map.required("url").flatMap(DashboardLinksReader::url);
    Map<String, String> boards = new LinkedHashMap<>();
    map.optional("boards")
        .map(node -> node.map().entries())
        .orElse(Map.of())
        .forEach((receiver, node) -> node.string().ifPresent(uid -> boards.put(receiver, uid)));
    Optional<String> otherwise = map.required("otherwise").flatMap(YamlNode::string);
    return url.flatMap(
        address -> otherwise.map(uid -> new DashboardLinks(address.toString(), boards, uid)));
  }

  private static Optional<URI> url(YamlNode node) {
    Optional<String> text = node.string();
    Optional<URI> url = text.flatMap(WebAddress::parse);
    if (text.isPresent() && url.isEmpty()) {
      node.problem("expected an address such as http://host:3000, not '" + text.get() + "'");
    }
    return url;
  }
}
