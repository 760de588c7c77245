import type { Dashboard, DataSourceRef, FieldConfigSource, Panel } from '@grafana/schema';
import type { FieldColorModeId } from '@grafana/schema/apis/dashboard.grafana.app/v2';
import type * as BarChart from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as BarGauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as Gauge from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen';
import type * as Heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as PieChart from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type * as Stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as Table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as TimeSeries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** The same type with the constants of its enumerations as they stand in JSON. */
type Json<T> = T extends string
  ? `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : unknown extends T
      ? T
      : T extends (infer Item)[]
        ? Json<Item>[]
        : T extends object
          ? { [Key in keyof T]: Json<T[Key]> }
          : T;

/** What the data source of ClickHouse takes as a query. */
interface ClickHouseQuery {
  refId: string;
  datasource: DataSourceRef;
  editorType: 'sql';
  queryType: 'timeseries' | 'table';
  format: 0 | 1;
  rawSql: string;
}

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };

type PanelOf<Type extends string, Options, Custom> = Omit<
  Known<Json<Panel>>,
  'type' | 'options' | 'fieldConfig' | 'targets' | 'description'
> & {
  type: Type;
  title: string;
  description: string;
  targets: ClickHouseQuery[];
  options: Partial<Json<Options>>;
  fieldConfig: Omit<Known<Json<FieldConfigSource>>, 'defaults'> & {
    defaults: Omit<Known<Json<FieldConfigSource['defaults']>>, 'custom' | 'color'> & {
      color?: { mode: FieldColorModeId };
      custom?: Partial<Json<Custom>>;
    };
  };
};

type AnyPanel =
  | PanelOf<'barchart', BarChart.Options, BarChart.FieldConfig>
  | PanelOf<'bargauge', BarGauge.Options, never>
  | PanelOf<'gauge', Gauge.Options, never>
  | PanelOf<'heatmap', Heatmap.Options, Heatmap.FieldConfig>
  | PanelOf<'piechart', PieChart.Options, PieChart.FieldConfig>
  | PanelOf<'stat', Stat.Options, never>
  | PanelOf<'table', Table.Options, Table.FieldConfig>
  | PanelOf<'timeseries', TimeSeries.Options, TimeSeries.FieldConfig>;

type Annotations = NonNullable<NonNullable<Dashboard['annotations']>['list']>[number];

/** A dashboard as Grafana reads it, of the panels and queries that ours are made of. */
export type CheckedDashboard = Omit<Known<Json<Dashboard>>, 'panels' | 'annotations'> & {
  panels: AnyPanel[];
  annotations: { list: (Omit<Known<Json<Annotations>>, 'target'> & { target: ClickHouseQuery })[] };
};
