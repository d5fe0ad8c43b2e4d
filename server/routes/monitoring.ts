import { contract } from '#core/contract/index.ts';
import { sql } from '#core/sql/sql.ts';
import { watchLimits } from '#models/monitoring/watches.ts';
import { handle } from '../http/handle.ts';
import type { MonitorInput } from '../jobs/kinds/monitor.ts';
import { keptMonitoring } from '../jobs/monitoring/version.ts';
import { watchedVersions } from '../jobs/monitoring/watched.ts';
import { named } from '../store/models/model-titles.ts';
import { readReports } from '../store/portfolio/reports.ts';

export const handlers = [
  handle(contract.monitoring.list, async ({ context }) => {
    const { engine, registry } = context;
    const watched = await watchedVersions(context);
    const kept = await readReports(engine, 'monitoring', keptMonitoring);
    const runs = await engine.rows<{ version_id: string; scored_at: string }>(
      sql`SELECT version_id, max(scored_at) AS scored_at FROM score_runs GROUP BY version_id ORDER BY version_id`,
    );
    const scoredAt = new Map(runs.map((run) => [run.version_id, run.scored_at]));
    return {
      versions: watched.flatMap(({ id, state }) => {
        const found = kept.get(id);
        if (!found || (state !== 'champion' && state !== 'challenger')) return [];
        const { distribution: _, ...report } = found.report;
        const newer = Date.parse(scoredAt.get(id) ?? '') > Date.parse(found.madeAt);
        return [{ ...report, state, madeAt: found.madeAt, current: found.current && !newer }];
      }),
      waiting: watched
        .filter(({ id }) => !kept.has(id))
        .map(({ id, model, card }) => ({
          versionId: id,
          model,
          title: named(registry, model, card.identification),
        })),
      limits: watchLimits,
    };
  }),
  handle(contract.monitoring.make, ({ input, submit }) =>
    submit('monitor', input.body satisfies MonitorInput),
  ),
];
