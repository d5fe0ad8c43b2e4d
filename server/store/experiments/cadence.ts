import { placeRules } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Cadence } from '#core/contract/experiments/lifecycle.ts';
import { nextTouches, touchesOfArms } from '#core/experiment/cadence/due.ts';
import { exitTitle } from '#core/experiment/cadence/exits.ts';
import { skipTitles } from '#core/experiment/cadence/skips.ts';
import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { workspaceToday } from '../workspace.ts';
import type { DesignRecord } from './designs.ts';
import { openArms } from './due.ts';

interface TouchCount {
  arm: string;
  touch: number;
  n: number;
}

/** What became of each touch of an experiment by today, who exited and what was left out, each with its words. */
export async function readCadence(context: Context, record: DesignRecord): Promise<Cadence> {
  const { engine, registry } = context;
  const { dialect } = engine;
  const { id, design } = record;
  const today = await workspaceToday(context, design.assume?.today);
  const arms = await openArms(engine, record);
  const next = nextTouches(dialect, { experimentId: id, arms });
  const tomorrow = dialect.date(addDays(today, 1));
  const due = await engine.rows<TouchCount>(
    sql`SELECT arm, touch, CAST(count(*) AS BIGINT) AS n FROM ${next} d WHERE due_on <= ${tomorrow} GROUP BY arm, touch ORDER BY arm, touch`,
  );
  const states = await engine.rows<TouchCount & { state: string }>(
    sql`SELECT arm, touch, state, CAST(count(DISTINCT assignment_id) AS BIGINT) AS n FROM contact_checks
      WHERE experiment_id = ${id} AND state <> 'released' GROUP BY arm, touch, state ORDER BY arm, touch, state`,
  );
  const skips = await engine.rows<TouchCount & { reason: string }>(
    sql`SELECT arm, touch, reason, CAST(count(*) AS BIGINT) AS n FROM skips WHERE experiment_id = ${id}
      GROUP BY arm, touch, reason ORDER BY n DESC, arm, touch, reason`,
  );
  const exits = await engine.rows<{ arm: string; reason: string; n: number }>(
    sql`SELECT arm, reason, CAST(count(*) AS BIGINT) AS n FROM exits WHERE experiment_id = ${id} GROUP BY arm, reason ORDER BY n DESC, arm, reason`,
  );
  const exited = await engine.rows<TouchCount>(
    sql`SELECT x.arm, x.touch, CAST(count(*) AS BIGINT) AS n FROM exits e JOIN ${touchesOfArms(dialect, design.arms)} x ON x.arm = e.arm
      ANTI JOIN skips s ON s.experiment_id = ${id} AND s.assignment_id = e.assignment_id AND s.touch = x.touch
      ANTI JOIN (SELECT assignment_id, touch FROM contact_checks WHERE experiment_id = ${id} AND state = 'sent') c
        ON c.assignment_id = e.assignment_id AND c.touch = x.touch
      WHERE e.experiment_id = ${id} GROUP BY x.arm, x.touch ORDER BY x.arm, x.touch`,
  );
  const people = await engine.rows<{ arm: string; n: number }>(
    sql`SELECT arm, CAST(count(*) AS BIGINT) AS n FROM assignments WHERE experiment_id = ${id} GROUP BY arm ORDER BY arm`,
  );
  const of = (rows: readonly TouchCount[], arm: string, touch: number): number =>
    rows.filter((row) => row.arm === arm && row.touch === touch).reduce((sum, { n }) => sum + n, 0);
  const inState = (state: string) => states.filter((row) => row.state === state);
  const ruleTitle = (rule: string): Text =>
    skipTitles[rule] ??
    (registry.rules.get(rule) as unknown as RuleKind | undefined)?.text.title ??
    placeRules[rule as keyof typeof placeRules] ?? { es: rule, en: rule };
  return {
    day: today,
    touches: design.arms.flatMap(({ name, touches }) =>
      touches.map(({ day, style, channel }, i) => {
        const touch = i + 1;
        const [reserved, sent] = [of(inState('reserved'), name, touch), of(inState('sent'), name, touch)];
        const [left, gone] = [of(skips, name, touch), of(exited, name, touch)];
        const now = Math.max(0, of(due, name, touch) - reserved);
        const all = people.find(({ arm }) => arm === name)?.n ?? 0;
        const waiting = Math.max(0, all - now - reserved - sent - left - gone);
        return {
          arm: name,
          touch,
          day,
          style,
          channel,
          waiting,
          due: now,
          reserved,
          sent,
          skipped: left,
          exited: gone,
        };
      }),
    ),
    exits: exits.map((row) => ({ ...row, title: exitTitle(row.reason) })),
    skips: skips.map((row) => ({ ...row, title: ruleTitle(row.reason) })),
  };
}
