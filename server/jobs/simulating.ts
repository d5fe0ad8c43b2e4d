import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import { storedDesign } from '#core/experiment/stored.ts';
import { channels } from '#core/portfolio/tables/people.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { ident, join as joinSql, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { type Forward, forwardScope, planDays } from '#data/generator/forward/plan.ts';
import { openPledges, openState, peopleLeft, plannedLeft } from '#data/generator/forward/state.ts';
import { forwardTables } from '#data/generator/forward/tables.ts';
import { customerId } from '#data/generator/tables/shared.ts';
import { answeredStyles } from '#data/generator/trial-styles.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { hasLeft } from '../store/delivery/exports.ts';
import { daysIn } from '../store/experiments/layers.ts';
import { type Reached, readSimulation, standing, writeSimulation } from '../store/experiments/simulation.ts';
import type { StepRun } from './job.ts';
import { scratchName } from './sampling.ts';

export interface SimulateInput {
  days: number;
  /** Whether each day's run of the experiments under way goes with it, exports included. */
  run?: boolean;
}

/** What the clock's move leaves for the load. */
export interface MovedOn {
  folder: string;
  today: string;
}

/** Files of the state beside the canonical ones. */
const stateFiles = { people: 'people.parquet', planned: 'planned.parquet' };

const folderOf = (context: Context, jobId: string): string =>
  join(context.config.workspace, 'simulated', jobId);

/**
 * Moves the clock on and writes what happened as canonical files: contacts that exports handed over for these days, those
 * of the past policy for everybody else, and what people did.
 *
 * @throws not_simulated, cancelled
 */
export async function moveClock(step: StepRun<SimulateInput>): Promise<MovedOn> {
  const { context, jobId } = step;
  const { engine } = context;
  const simulation = await readSimulation(engine);
  if (!simulation) throw new DomainError('not_simulated');
  const from = (await standing(engine, simulation)).at(-1);
  if (!from) throw new DomainError('not_simulated');
  const folder = folderOf(context, jobId);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const scratch = scratchName(jobId);
  await engine.run(engine.dialect.detachScratch(scratch));
  await engine.run(engine.dialect.attachScratch(scratch));
  const forward: Forward = {
    dialect: engine.dialect,
    scratch,
    seed: simulation.seed,
    months: simulation.months,
    today: from.today,
    days: step.input.days,
  };
  try {
    await openScratch(context, forward, from);
    const days = planDays(forward);
    for (const [done, { step: planned }] of days.entries()) {
      step.progress(done / days.length, planned.note);
      for (const statement of planned.statements) {
        step.checkCancelled();
        await engine.run(statement);
      }
    }
    return await writeOut(engine, forward, folder, days.at(-1)?.day.date ?? from.today);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await engine.run(engine.dialect.detachScratch(scratch));
  }
}

async function openScratch(context: Context, forward: Forward, from: Reached): Promise<void> {
  const scope = forwardScope(forward);
  const session = context.engine;
  const here = (path: string): string => join(context.config.workspace, path);
  const planned = from.planned === null ? null : here(from.planned);
  for (const statement of openState(scope, from.state.map(here), planned)) await session.run(statement);
  await session.run(openPledges(scope, current('promises')));
  await session.run(await sendsOf(session, forward));
  await session.run(await trialOf(session, forward));
}

async function writeOut(session: Session, forward: Forward, folder: string, today: string): Promise<MovedOn> {
  const scope = forwardScope(forward);
  const { dialect } = forward;
  const file = (name: string): string => join(folder, `${name}.parquet`);
  const live = { accounts: current('accounts'), contact_permissions: current('contact_permissions') };
  for (const { table, query } of forwardTables(scope, live, today))
    await session.run(dialect.writeParquet(query, file(table)));
  await session.run(dialect.writeParquet(peopleLeft(scope), join(folder, stateFiles.people)));
  await session.run(dialect.writeParquet(plannedLeft(scope), join(folder, stateFiles.planned)));
  return { folder, today };
}

const designsWithExports = (session: Session) =>
  session.rows<{ experiment_id: string; design: string }>(
    sql`SELECT experiment_id, design FROM designs WHERE experiment_id IN (SELECT experiment_id FROM export_runs) ORDER BY experiment_id`,
  );

/** Rows of a relation written into the statement; none gives a relation of that shape without rows. */
const values = (rows: readonly Sql[], empty: Sql, columns: string): Sql =>
  rows.length === 0
    ? sql`(SELECT * FROM (VALUES ${empty}) v(${raw(columns)}) WHERE false) v`
    : sql`(VALUES ${joinSql(rows)}) v(${raw(columns)})`;

const plannedMessages = sql`SELECT r.message_key, r.experiment_id, r.customer_id, r.arm, r.touch, r.channel, k.planned_at, a.propensity, coalesce(a.text_lot, 0) AS text_lot
FROM (SELECT e.experiment_id, e.batch_id, x.* FROM export_rows x JOIN export_runs e ON e.export_id = x.export_id WHERE ${hasLeft(sql`x.state`)}) r
JOIN contact_checks k ON k.batch_id = r.batch_id AND k.assignment_id = r.assignment_id
JOIN assignments a ON a.assignment_id = r.assignment_id AND a.experiment_id = r.experiment_id`;

/** Messages that exports handed over and that have not gone out yet, each on its planned day or, when that has passed, on the next. */
async function sendsOf(session: Session, { dialect, scratch, today }: Forward): Promise<Sql> {
  const texts = (await designsWithExports(session)).flatMap(({ experiment_id, design }) =>
    storedDesign(design).arms.flatMap((arm) =>
      arm.touches.flatMap(({ style, templates }, i) =>
        templates.map(
          (template, place) =>
            sql`(${literal(experiment_id)}, ${literal(arm.name)}, ${raw(String(i + 1))}, ${raw(String(place))}, ${raw(String(templates.length))}, ${literal(style)}, ${literal(template)})`,
        ),
      ),
    ),
  );
  const code = (column: string, names: readonly string[]): Sql =>
    sql`CASE ${raw(column)} ${joinSql(
      names.map((name, i) => sql`WHEN ${literal(name)} THEN ${raw(String(i))}`),
      ' ',
    )} ELSE 0 END`;
  const next = dialect.cast(dialect.addDays(dialect.date(literal(today)), 1), 'date');
  const planned = dialect.cast(sql`m.planned_at`, 'date');
  const named = values(
    texts,
    raw("('', '', 0, 0, 1, '', '')"),
    'experiment_id, arm, touch, place, texts, style, template',
  );
  return sql`CREATE TABLE ${ident(scratch, 'sends')} AS
SELECT p.customer_no, ${code('m.channel', channels)} AS channel, ${code('v.style', answeredStyles)} AS style, v.style AS style_name, v.template AS template_id, m.message_key AS contact_id,
  CASE WHEN ${planned} >= ${next} THEN m.planned_at END AS planned_at, greatest(${planned}, ${next}) AS sent_on, m.experiment_id, m.arm, m.propensity
FROM (${plannedMessages}) m
JOIN ${named} ON v.experiment_id = m.experiment_id AND v.arm = m.arm AND v.touch = m.touch AND v.place = m.text_lot % v.texts
JOIN (SELECT DISTINCT customer_no FROM ${ident(scratch, 'people')}) p ON ${customerId(sql`p.customer_no`)} = m.customer_id
ANTI JOIN ${current('contacts')} c ON c.contact_id = m.message_key`;
}

/**
 * Whom the past policy leaves alone: who is held out of contact, and people in a trial, every arm alike, silence too: from the day they enter (before there was one, from its first message) to the end
 * of its horizon.
 */
async function trialOf(session: Session, { dialect, scratch }: Forward): Promise<Sql> {
  const horizons = (await designsWithExports(session)).map(
    ({ experiment_id, design }) =>
      sql`(${literal(experiment_id)}, ${raw(String(daysIn(storedDesign(design))))})`,
  );
  const first = sql`SELECT experiment_id, ${dialect.cast(sql`min(planned_at)`, 'date')} AS starts_on FROM (${plannedMessages}) GROUP BY experiment_id`;
  const starts = sql`coalesce(a.entered_on, f.starts_on)`;
  return sql`CREATE TABLE ${ident(scratch, 'trial')} AS
SELECT p.customer_no, h.entered_on AS starts_on, ${dialect.cast(sql`coalesce(h.released_on, h.until_on)`, 'date')} AS ends_on
FROM holdout_people h JOIN (SELECT DISTINCT customer_no FROM ${ident(scratch, 'people')}) p ON ${customerId(sql`p.customer_no`)} = h.customer_id WHERE h.held
UNION ALL SELECT p.customer_no, ${starts} AS starts_on, ${dialect.cast(dialect.addDays(starts, sql`v.days`), 'date')} AS ends_on
FROM assignments a JOIN (${first}) f ON f.experiment_id = a.experiment_id JOIN ${values(horizons, raw("('', 0)"), 'experiment_id, days')} ON v.experiment_id = a.experiment_id
JOIN (SELECT DISTINCT customer_no FROM ${ident(scratch, 'people')}) p ON ${customerId(sql`p.customer_no`)} = a.customer_id`;
}

/** Sets the clock to where the move has brought it, in the transaction that publishes what happened. */
export async function setClock(
  session: Session,
  context: Context,
  { folder, today }: MovedOn,
  loadId: number,
): Promise<void> {
  const simulation = await readSimulation(session);
  if (!simulation) throw new DomainError('not_simulated');
  const path = (file: string): string => relative(context.config.workspace, join(folder, file));
  const moved = { today, loadId, state: [path(stateFiles.people)], planned: path(stateFiles.planned) };
  await writeSimulation(session, {
    ...simulation,
    reached: [...(await standing(session, simulation)), moved],
  });
}

/** What a run that did not end well left behind. */
export async function forgetMove(context: Context, jobId: string): Promise<void> {
  await rm(folderOf(context, jobId), { recursive: true, force: true });
  await context.engine.run(context.engine.dialect.detachScratch(scratchName(jobId)));
}
