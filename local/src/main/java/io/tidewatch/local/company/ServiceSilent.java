package io.tidewatch.local.company;

import java.util.List;
import java.util.Optional;

/** A service shows no sign of life. */
final class ServiceSilent extends Incident {

  private final String service;

  ServiceSilent(Span span, String service) {
    super(IncidentKind.SERVICE_SILENT, span);
    this.service = service;
  }

  @Override
  List<String> ownSeries() {
    return List.of("service=" + service);
  }

  @Override
  Optional<CompanyEvent> change(CompanyEvent event) {
    boolean fromIt =
        event.topic().equals("system-events") && service.equals(event.properties().get("service"));
    return fromIt ? Optional.empty() : Optional.of(event);
  }
}
