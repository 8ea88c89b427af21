// The form of a dashboard, as narrow as @grafana/schema has it: scripts/grafana
// writes the dashboard as a literal below these lines, and compiles both. Fields
// that Grafana would skip without a word, such as a misspelt one, are errors.
import type { Dashboard, DataQuery, FieldConfig, FieldConfigSource, GraphFieldConfig, Panel, RowPanel } from "@grafana/schema"
import type { Options as StatOptions } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen"
import type { Options as SeriesOptions } from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen"

// JSON has the values of an enum, not its names; TypeScript takes its numbers as they are.
type Json<T> = T extends string ? `${T}`
	: T extends (infer U)[] ? Json<U>[]
	: T extends object ? { [K in keyof T]: Json<T[K]> }
	: T

type Query = DataQuery & { expr: string, legendFormat: string, instant?: boolean }
type Fields<Custom> = Omit<FieldConfigSource, "defaults"> &
	{ defaults: Omit<FieldConfig, "custom"> & { custom?: Custom } }
type PanelOf<Type extends string, Options, Custom> =
	Omit<Panel, "type" | "options" | "fieldConfig" | "targets"> &
	{ type: Type, title: string, options: Options, fieldConfig: Fields<Custom>, targets: Query[] }
type Panels = PanelOf<"stat", StatOptions, never> |
	PanelOf<"timeseries", SeriesOptions, GraphFieldConfig> |
	Omit<RowPanel, "type"> & { type: "row" }

export type Form = Json<Omit<Dashboard, "panels"> & { panels: Panels[] }>
