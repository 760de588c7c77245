package io.tidewatch.local.grafana;

import java.util.List;

/** Panels side by side, all of one height in units of the grid. */
record Row(int height, List<Panel> panels) {

  static final int COLUMNS = 24;

  Row {
    panels = List.copyOf(panels);
    int width = panels.stream().mapToInt(Panel::width).sum();
    if (width != COLUMNS) {
      throw new IllegalArgumentException(
          "the row that begins with '%s' is %d columns wide and not %d"
              .formatted(panels.get(0).title(), width, COLUMNS));
    }
  }

  static Row of(int height, Panel... panels) {
    return new Row(height, List.of(panels));
  }
}
