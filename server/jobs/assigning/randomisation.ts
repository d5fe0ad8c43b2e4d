import {
  differenceInSql,
  type RandomisationResult,
  randomisationTest,
} from '#core/experiment/assigning/randomisation-test.ts';
import type { Design } from '#core/experiment/define.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readDraws } from '../../store/experiments/draws.ts';

const mostDraws = 400;

/**
 * The randomisation test of an arm against control over the accepted draws of the first population, given outcomes(customer_id, y);
 * who has none counts 0. Draws are made again from their salts and the strata people were drawn in.
 */
export async function testByRandomisation(
  { engine }: Context,
  given: { experimentId: string; design: Design; arm: string; outcomes: Sql },
): Promise<RandomisationResult> {
  const { experimentId, design, arm, outcomes } = given;
  const [first] = await readDraws(engine, experimentId);
  const units = sql`SELECT a.customer_id, a.stratum, coalesce(o.y, 0) AS y FROM assignments a LEFT JOIN (${outcomes}) o ON o.customer_id = a.customer_id
    WHERE a.experiment_id = ${experimentId} AND a.salt = ${first?.salt ?? ''}`;
  const differences: (number | null)[] = [];
  for (const salt of first?.acceptedSalts.slice(0, mostDraws) ?? []) {
    const plan = { salt, arms: design.arms };
    const asked = differenceInSql(engine.dialect, units, plan, { arm, control: design.control });
    differences.push((await engine.first<{ difference: number | null }>(asked))?.difference ?? null);
  }
  return randomisationTest(differences);
}
