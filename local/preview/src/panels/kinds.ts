import { barChartPanel } from './bar-chart';
import { barGaugePanel } from './bar-gauge';
import { gaugePanel } from './gauge';
import { heatmapPanel } from './heatmap';
import type { PanelKind } from './panel-data';
import { piePanel } from './pie';
import { statPanel } from './stat';
import { tablePanel } from './table';
import { textPanel } from './text';
import { timeSeriesPanel } from './time-series';

/** What the preview draws, by the panel's type. */
export const KINDS: Readonly<Record<string, PanelKind>> = {
  barchart: barChartPanel,
  bargauge: barGaugePanel,
  gauge: gaugePanel,
  heatmap: heatmapPanel,
  piechart: piePanel,
  stat: statPanel,
  table: tablePanel,
  text: textPanel,
  timeseries: timeSeriesPanel,
};
