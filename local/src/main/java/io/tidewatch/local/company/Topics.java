package io.tidewatch.local.company;

/** Which of the company's systems tells about what. */
public final class Topics {

  private static final String API = "api-events";
  private static final String CUSTOMERS = "customer-events";
  private static final String PAYMENTS = "payment-events";
  private static final String WEB = "web-events";
  private static final String MARKETING = "marketing-events";
  private static final String CRM = "crm-events";
  private static final String SUPPORT = "support-events";
  private static final String SYSTEM = "system-events";

  private Topics() {}

  static String of(String type) {
    return switch (type.substring(0, type.indexOf('.'))) {
      case "api" -> API;
      case "customer", "user", "team", "onboarding", "auth", "trial" -> CUSTOMERS;
      case "subscription", "payment" -> PAYMENTS;
      case "page", "form", "content", "feature", "workflow", "integration", "experiment", "demo" ->
          WEB;
      case "ad", "campaign", "email" -> MARKETING;
      case "lead", "opportunity", "benchmark" -> CRM;
      case "ticket", "survey", "feedback" -> SUPPORT;
      case "error", "system", "service" -> SYSTEM;
      default -> throw new IllegalArgumentException("no system tells about " + type);
    };
  }

  /** Whether an event that is sent twice there is recognised by its id. */
  public static boolean deduplicates(String topic) {
    return topic.equals(CUSTOMERS) || topic.equals(PAYMENTS) || topic.equals(MARKETING);
  }
}
