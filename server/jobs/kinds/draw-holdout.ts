import { addDays } from '#core/contact/time/wall-clock.ts';
import { drawInSql } from '#core/experiment/assigning/draw.ts';
import { leadAccounts, stratify } from '#core/experiment/assigning/strata.ts';
import { eligiblePeople } from '#core/experiment/eligibility.ts';
import { enteredBucket } from '#core/holdout/entrants.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { type HoldoutRecord, readHoldout, runningHoldout } from '../../store/holdouts/holdouts.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';
import { readSetting, workspaceToday, writeSetting } from '../../store/workspace.ts';
import { holdoutPeople } from '../holding/people.ts';
import { jobKind } from '../job.ts';

/** Weights as whole numbers, so that blocks are exact: 2 of 100 is 1 and 49. */
function weights(share: number): { name: string; weight: number }[] {
  const held = Math.round(share * 1000);
  return [
    { name: 'held', weight: held },
    { name: 'treated', weight: 1000 - held },
  ];
}

const drawnAt = (id: string): string => `holdout_drawn:${id}`;

/** Lets go of whoever's time is over, who came to 30 days past due, or who is flagged since. */
async function release(session: Session, holdout: HoldoutRecord, today: string): Promise<number> {
  const day = sql`CAST(${today} AS DATE)`;
  const asOf = await lastSnapshot(session);
  const releaseFor = (reason: string, when: ReturnType<typeof sql>) =>
    session.run(sql`UPDATE holdout_people SET released_on = ${day}, released_for = ${reason}
      WHERE holdout_id = ${holdout.id} AND held AND released_on IS NULL AND ${when}`);
  const flagged = await releaseFor(
    'flag',
    sql`customer_id IN (SELECT customer_id FROM ${current('flags')} WHERE started_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day})
      AND kind IN ('hardship', 'vulnerable'))`,
  );
  const late = await releaseFor(
    'bucket',
    sql`customer_id IN (SELECT k.customer_id FROM ${current('snapshots')} s JOIN ${current('accounts')} k ON k.account_id = s.account_id
      WHERE s.as_of = CAST(${asOf} AS DATE) AND s.days_past_due >= 30)`,
  );
  return flagged + late + (await releaseFor('time_over', sql`until_on <= ${day}`));
}

/**
 * The day of the holdout under way: releases whose time has come, then draws those who entered at the newest balances, once for each
 * date of balances, in stratified blocks under a dated salt. Both sides of the draw are kept: the value report compares them.
 */
export default jobKind<Record<string, never>>({
  steps: [
    {
      name: 'draw',
      async run({ context }) {
        const { engine } = context;
        const holdout = await runningHoldout(engine);
        const output = { holdoutId: holdout?.id ?? null, drawn: 0, released: 0 };
        if (!holdout) return { output };
        const { dialect } = engine;
        const { id, plan, salt } = holdout;
        const people = await holdoutPeople(context, plan, id);
        const lead = leadAccounts(dialect, {
          facts: people.facts,
          members: people.members,
          eligible: eligiblePeople(people.judged),
          score: people.score,
        });
        const drawn = drawInSql(dialect, stratify(dialect, lead), {
          salt: `${salt}:${people.asOf}`,
          arms: weights(plan.share),
          entryDays: 1,
        });
        const today = await workspaceToday(context);
        return {
          output,
          publish: async (session) => {
            if ((await readHoldout(session, id)).state !== 'running') return;
            output.released = await release(session, holdout, today);
            if ((await readSetting<string>(session, drawnAt(id))) === people.asOf) return;
            output.drawn =
              await session.run(sql`INSERT INTO holdout_people (holdout_id, customer_id, held, bucket, stratum, hash, propensity, entered_on, until_on)
              SELECT ${id}, x.customer_id, x.arm = 'held', ${enteredBucket}, x.stratum, x.hash, x.propensity, CAST(${today} AS DATE),
                CAST(${addDays(today, plan.holdDays)} AS DATE) FROM (${drawn}) x`);
            await writeSetting(session, drawnAt(id), people.asOf);
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.draw,
  audit: (outputs) => {
    const { drawn, released } = outputs.draw as { drawn: number; released: number };
    return { drawn, released };
  },
});
