import {
  type CovariateSums,
  covariateSums,
  standardisedDifferences,
} from '#core/experiment/assigning/balance.ts';
import { type DrawPlan, drawInSql } from '#core/experiment/assigning/draw.ts';
import { leadAccounts, stratify } from '#core/experiment/assigning/strata.ts';
import { eligiblePeople } from '#core/experiment/eligibility.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { DesignPeople } from '../designing/people.ts';
import { scratchName } from '../sampling.ts';

/**
 * People to be drawn, held in a scratch database until their draw is published, so that what is published is what was compared:
 * `lead` (one row a person), `units` (with strata) and, once drawn, `drawn`.
 */
export interface Prepared {
  lead: Sql;
  units: Sql;
  drawn: Sql;
  people: number;
}

/** Holds the people who could lawfully get any arm; a job's own scratch, replaced when the step is repeated. */
export async function prepare({ engine }: Context, jobId: string, people: DesignPeople): Promise<Prepared> {
  const { dialect } = engine;
  const scratch = scratchName(jobId);
  await engine.run(dialect.detachScratch(scratch));
  await engine.run(dialect.attachScratch(scratch));
  const lead = ident(scratch, 'lead');
  const units = ident(scratch, 'units');
  const asked = leadAccounts(dialect, {
    facts: people.facts,
    members: people.members,
    eligible: eligiblePeople(people.judged),
    score: people.score?.model ?? null,
  });
  await engine.run(sql`CREATE TABLE ${lead} AS ${asked}`);
  await engine.run(sql`CREATE TABLE ${units} AS ${stratify(dialect, sql`SELECT * FROM ${lead}`)}`);
  const counted = await engine.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${units}`);
  return {
    lead: sql`SELECT * FROM ${lead}`,
    units: sql`SELECT customer_id, stratum FROM ${units}`,
    drawn: ident(scratch, 'drawn'),
    people: counted?.n ?? 0,
  };
}

/** Lets the scratch go; nothing happens where there is none. */
export const letGo = async ({ engine }: Context, jobId: string): Promise<void> => {
  await engine.run(engine.dialect.detachScratch(scratchName(jobId)));
};

/** Largest standardised difference to control of a draw, over every covariate and arm. */
export async function largestDifference(
  { engine }: Context,
  { lead, units }: Prepared,
  plan: DrawPlan,
  control: string,
): Promise<number> {
  const drawn = sql`SELECT customer_id, arm FROM (${drawInSql(engine.dialect, units, plan)}) d`;
  const sums = await engine.rows<CovariateSums>(covariateSums(engine.dialect, lead, drawn));
  return Math.max(
    0,
    ...standardisedDifferences(sums, control).map((row) => Math.abs(row.standardisedDifference ?? 0)),
  );
}
