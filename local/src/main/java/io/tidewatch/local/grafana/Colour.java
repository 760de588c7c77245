package io.tidewatch.local.grafana;

/**
 * Colours that the colour-blind tell apart, on light and on dark: those of Okabe and Ito, Color
 * Universal Design (2008).
 */
enum Colour {
  GOOD("#009E73"),
  WARNING("#E69F00"),
  BAD("#D55E00"),
  BLUE("#0072B2"),
  SKY("#56B4E9"),
  PURPLE("#CC79A7"),
  GREY("#8C8C8C");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
