import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { curveDays } from '#core/experiment/results/parts/curve.ts';
import { columnId, type UnitColumn } from '#core/experiment/units/columns.ts';
import type { PlugIn } from '../../registry.ts';

export interface WantedColumn extends UnitColumn {
  id: string;
  role: 'primary' | 'secondary' | 'guardrail' | 'curve' | 'money';
  margin: number | null;
}

type Chosen = Pick<WantedColumn, 'role' | 'margin'> & { id: string; horizonDays: number };

/**
 * The outcome columns of a design: its metrics over their windows, the primary metric by day for the curve, and cash
 * and cost for money; amounts once for each currency, a primary amount judged in the first and secondary in the others. A metric chosen twice over one window is there once, in its first
 * role; one this installation does not have is left out.
 *
 * @throws metric_unknown for the primary metric
 */
export function wantedColumns(
  design: Design,
  metrics: ReadonlyMap<string, PlugIn>,
  currencies: readonly string[],
): WantedColumn[] {
  const { metric: primary, secondary, guardrails } = design;
  const chosen: Chosen[] = [
    { ...primary, role: 'primary', margin: null },
    ...secondary.map((one) => ({ ...one, role: 'secondary' as const, margin: null })),
    ...guardrails.map((one) => ({ ...one, role: 'guardrail' as const })),
    ...curveDays.map((horizonDays) => ({
      id: primary.id,
      horizonDays,
      role: 'curve' as const,
      margin: null,
    })),
    ...['cash', 'contact_cost'].map((id) => ({
      id,
      horizonDays: primary.horizonDays,
      role: 'money' as const,
      margin: null,
    })),
  ];
  const found = new Map<string, WantedColumn>();
  for (const { id: metricId, horizonDays, role, margin } of chosen) {
    const metric = metrics.get(metricId) as unknown as Metric | undefined;
    if (!metric && role === 'primary')
      throw new DomainError('metric_unknown', { metric: metricId, known: [...metrics.keys()].join(', ') });
    if (!metric) continue;
    for (const [place, currency] of (metric.unit === 'money' ? currencies : [null]).entries()) {
      const column = { metricId, metric, horizonDays, currency };
      const id = columnId(column);
      if (found.has(id)) continue;
      found.set(id, { ...column, id, role: role === 'primary' && place > 0 ? 'secondary' : role, margin });
    }
  }
  return [...found.values()];
}
