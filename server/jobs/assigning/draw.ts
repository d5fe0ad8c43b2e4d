import { addDays } from '#core/contact/time/wall-clock.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { plannedCounts } from '#core/experiment/assigning/assign.ts';
import {
  type CovariateSums,
  covariateSums,
  standardisedDifferences,
} from '#core/experiment/assigning/balance.ts';
import { blockOf, propensities } from '#core/experiment/assigning/block.ts';
import { type DrawPlan, drawInSql } from '#core/experiment/assigning/draw.ts';
import type { Arm } from '#core/experiment/define.ts';
import { countReasons, reasonTitle } from '#core/experiment/eligibility.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { workspaceNow } from '../../store/contact/contact-ledger.ts';
import type { DesignRecord } from '../../store/experiments/designs.ts';
import { insertDraw, type StoredDraw } from '../../store/experiments/draws.ts';
import { daysToEnter } from '../../store/experiments/entries.ts';
import { instant } from '../../store/workspace.ts';
import type { DesignPeople } from '../designing/people.ts';
import { acceptDraw } from './accept.ts';
import { type Prepared, prepare } from './prepared.ts';

export interface Drawing {
  record: DesignRecord;
  people: DesignPeople;
  /** Arms people may enter. */
  arms: readonly Arm[];
  salt: string;
  planHash: string;
  /** Waves of this draw. */
  entryDays: number;
  jobId: string;
  progress(done: number | null): void;
  checkCancelled(): void;
}

export interface MadeDraw {
  draw: StoredDraw;
  /** Relation with the people drawn, held until `letGo`. */
  rows: Sql;
}

async function balanceByWave(
  { engine }: Context,
  { lead, drawn }: Prepared,
  control: string,
): Promise<StoredDraw['balance']> {
  const { dialect } = engine;
  const of = (assigned: Sql) => engine.rows<CovariateSums>(covariateSums(dialect, lead, assigned));
  const waveAndArm = dialect.concat(dialect.cast(sql`wave`, 'text'), sql`':'`, sql`arm`);
  const whole = await of(sql`SELECT customer_id, arm FROM ${drawn}`);
  const byWave = (await of(sql`SELECT customer_id, ${waveAndArm} AS arm FROM ${drawn}`)).map((row) => {
    const [wave = '', arm = ''] = row.arm.split(':');
    return { wave: Number(wave), row: { ...row, arm } };
  });
  const waves = [...new Set(byWave.map(({ wave }) => wave))].sort((a, b) => a - b);
  return [
    ...standardisedDifferences(whole, control).map((row) => ({ wave: null, ...row })),
    ...waves.flatMap((wave) =>
      standardisedDifferences(
        byWave.filter((one) => one.wave === wave).map(({ row }) => row),
        control,
      ).map((row) => ({ wave, ...row })),
    ),
  ];
}

/** The day each wave enters: the first on the day asked for, where one is, the others on lawful days after it. */
async function entryDaysOf(context: Context, given: Drawing, units: Sql): Promise<string[]> {
  const { record, entryDays, people } = given;
  const { design } = record;
  const asked = record.startsOn === null ? (design.sendOn ?? null) : null;
  if (asked !== null && asked < people.today)
    throw new DomainError('send_in_past', { sendOn: asked, today: people.today });
  const after = await daysToEnter(context, context.engine, design, {
    people: units,
    from: addDays(asked ?? people.today, 1),
    count: asked === null ? entryDays : entryDays - 1,
  });
  return asked === null ? after : [asked, ...after];
}

/**
 * Draws people into arms and waves and compares the arms, before anything is sent. null when nobody is there to be drawn.
 *
 * @throws too_few_people where there are fewer than `fewest`, no_accepted_draw, send_in_past, cancelled
 */
export async function makeDraw(context: Context, given: Drawing, fewest: number): Promise<MadeDraw | null> {
  const { engine } = context;
  const { record, arms, entryDays, people } = given;
  const prepared = await prepare(context, given.jobId, people);
  if (prepared.people < fewest)
    throw new DomainError('too_few_people', { people: prepared.people, arms: arms.length });
  if (prepared.people === 0) return null;
  const base: DrawPlan = { salt: given.salt, arms, entryDays };
  const accepted = await acceptDraw(context, prepared, record.design, base, given);
  const plan = { ...base, salt: accepted.salt };
  await engine.run(sql`CREATE TABLE ${prepared.drawn} AS ${drawInSql(engine.dialect, prepared.units, plan)}`);
  const days = await entryDaysOf(context, given, prepared.units);
  const waves = await engine.rows<{ wave: number; people: number }>(
    sql`SELECT wave, CAST(count(*) AS BIGINT) AS people FROM ${prepared.drawn} GROUP BY wave ORDER BY wave`,
  );
  const planned = plannedCounts(prepared.people, plan);
  const chance = propensities(blockOf(arms));
  const counted = await engine.rows<{ reason: string | null; n: number }>(
    countReasons(engine.dialect, people.judged),
  );
  const draw: StoredDraw = {
    cohort: people.today,
    salt: accepted.salt,
    planVersion: record.planVersion,
    people: prepared.people,
    waves: waves.map(({ wave, people }) => ({ wave, entersOn: days[wave - 1] as string, people })),
    arms: arms.map(({ name }) => ({
      arm: name,
      n: planned.get(name) ?? 0,
      propensity: chance.get(name) ?? 0,
    })),
    tried: accepted.tried,
    accepted: accepted.salts.length,
    largestDifference: accepted.largestDifference,
    leftOut: counted.flatMap(({ reason, n }) =>
      reason === null ? [] : [{ reason, title: reasonTitle(reason), n }],
    ),
    balance: await balanceByWave(context, prepared, record.design.control),
    acceptedSalts: accepted.salts,
  };
  return { draw, rows: prepared.drawn };
}

/** Puts a draw into the record of assignments, each person with the day of their wave. @throws data_changed */
export async function publishDraw(
  context: Context,
  session: Session,
  { record, planHash }: Pick<Drawing, 'record' | 'planHash'>,
  { draw, rows }: MadeDraw,
): Promise<void> {
  const at = (await workspaceNow(context, session)).replace('Z', '');
  const days = draw.waves.map(({ wave, entersOn }) => sql`WHEN ${wave} THEN CAST(${entersOn} AS DATE)`);
  await session.run(sql`INSERT INTO assignments (assignment_id, experiment_id, customer_id, arm, stratum, block, propensity, salt, plan_hash, assigned_at, entered_on, wave, cohort, text_lot)
    SELECT x.hash, ${record.id}, x.customer_id, x.arm, x.stratum, x.block, x.propensity, ${draw.salt}, ${planHash}, CAST(${at} AS TIMESTAMP),
      CASE x.wave ${join(days, ' ')} END, x.wave, CAST(${draw.cohort} AS DATE), x.text_lot FROM ${rows} x`);
  const counted = await session.rows<{ arm: string; n: number }>(
    sql`SELECT arm, CAST(count(*) AS BIGINT) AS n FROM assignments WHERE experiment_id = ${record.id} AND salt = ${draw.salt} GROUP BY arm`,
  );
  const inArm = new Map(counted.map(({ arm, n }) => [arm, n]));
  if (draw.arms.some(({ arm, n }) => (inArm.get(arm) ?? 0) !== n))
    throw new DomainError('data_changed', { name: record.design.name });
  await insertDraw(session, record.id, draw, instant(context.now()));
}
