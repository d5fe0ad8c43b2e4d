import { type Assumptions, type Design, design as designSchema } from '#core/experiment/define.ts';
import { ident, join, raw, type SqlValue, sql } from '#core/sql/sql.ts';
import type { Context } from '#server/context.ts';
import type { Row } from '#server/engine/engine.ts';
import { instant, writeSetting } from '#server/store/workspace.ts';

export const loadId = 1;

/** Rows straight into a canonical or application table; canonical ones get the fixture's load. */
export async function put(
  context: Context,
  table: string,
  rows: readonly Record<string, SqlValue>[],
  canonical = true,
): Promise<void> {
  for (const [i, row] of rows.entries()) {
    const full: Record<string, SqlValue> = canonical ? { ...row, load_id: loadId, source_row: i } : row;
    await context.engine.run(
      sql`INSERT INTO ${ident(table)} (${join(Object.keys(full).map((name) => ident(name)))}) VALUES (${join(Object.values(full).map((value) => sql`${value}`))})`,
    );
  }
}

export async function putLoad(context: Context, loadedAt: string): Promise<void> {
  await put(
    context,
    'loads',
    [
      {
        load_id: loadId,
        state: 'live',
        recipe: 'test',
        recipe_hash: '',
        files: '[]',
        tables: '[]',
        rejected: 0,
        simulated: false,
        loaded_at: loadedAt,
        by_principal: 'owner',
      },
    ],
    false,
  );
}

export interface Person {
  id: string;
  jurisdiction?: string | null;
  timeZone?: string | null;
  language?: string;
  arm?: string;
  basis?: string | null;
  revokedAt?: string;
  flag?: string;
  contactedAt?: string;
  channel?: string;
}

/** Whatever their names, arms of styles whose texts rest on nothing that this book would have to hold. */
const arms = (channel: string) =>
  [
    ['neutral', 'neutral'],
    ['loss_aversion', 'commitment'],
    ['social_proof', 'simplification'],
  ].map(([name, style]) => ({ name, weight: 1, touches: [{ style, channel, templates: [channel] }] }));

export const textsOf = (tag = '') =>
  ['neutral', 'loss_aversion', 'social_proof'].flatMap((arm) =>
    (['es', 'en'] as const).map((language) => ({
      arm,
      language,
      text: `${tag}${arm} ${language}: {{importe}} ({{dias_mora}}) {{nombre}}`,
      claim: null,
    })),
  );

export interface FixtureOptions {
  /** The workspace's own date; null: the system's. */
  today?: string | null;
  loadedAt?: string;
  assume?: Assumptions;
  channel?: string;
  sendOn?: string;
  sendAt?: string;
  experimentId?: string;
  planHash?: string;
  texts?: ReturnType<typeof textsOf>;
  /** Leave the people out of the portfolio: they are there already. */
  assignOnly?: boolean;
}

/** A small portfolio with an experiment whose people are assigned, as the earlier steps of the line leave it. */
export async function putExperiment(
  context: Context,
  people: readonly Person[],
  options: FixtureOptions = {},
): Promise<string> {
  const id = options.experimentId ?? 'exp';
  const planHash = options.planHash ?? 'plan';
  const channel = options.channel ?? 'sms';
  const design: Design = designSchema.parse({
    name: 'Prueba',
    segmentId: 'seg',
    arms: arms(channel),
    control: 'neutral',
    ...(options.sendOn ? { sendOn: options.sendOn } : {}),
    ...(options.sendAt ? { sendAt: options.sendAt } : {}),
    ...(options.assume ? { assume: options.assume } : {}),
  });
  if (!options.assignOnly) {
    await putLoad(context, options.loadedAt ?? instant(context.now()));
    if (options.today !== null) await writeSetting(context.engine, 'today', options.today ?? '2026-03-02');
    await putPeople(context, people, channel);
  }
  await put(
    context,
    'designs',
    [
      {
        experiment_id: id,
        state: 'assigned',
        design: JSON.stringify(design),
        sizing: '{}',
        texts: JSON.stringify(options.texts ?? textsOf()),
        plan_hash: planHash,
        as_of: '2026-02-28',
        data_version: 'v',
        created_at: '2026-03-01',
        by_principal: 'owner',
      },
    ],
    false,
  );
  await put(
    context,
    'assignments',
    people.map((person, i) => ({
      assignment_id: `${planHash}:${person.id}`,
      experiment_id: id,
      customer_id: person.id,
      arm: person.arm ?? ['neutral', 'loss_aversion', 'social_proof'][i % 3] ?? 'neutral',
      stratum: 's',
      block: 0,
      propensity: 1 / 3,
      salt: planHash,
      plan_hash: planHash,
      assigned_at: '2026-03-01',
    })),
    false,
  );
  return id;
}

async function putPeople(context: Context, people: readonly Person[], channel: string): Promise<void> {
  const of = <T>(pick: (person: Person) => T | undefined | null) =>
    people.flatMap((person) => (pick(person) === undefined || pick(person) === null ? [] : [person]));
  await put(
    context,
    'customers',
    people.map((person) => ({
      customer_id: person.id,
      jurisdiction: person.jurisdiction === undefined ? 'CO' : person.jurisdiction,
      time_zone: person.timeZone ?? null,
      language: person.language ?? 'es',
    })),
  );
  await put(
    context,
    'accounts',
    people.map((person) => ({
      account_id: `a${person.id}`,
      customer_id: person.id,
      currency: 'COP',
    })),
  );
  await put(
    context,
    'snapshots',
    people.map((person) => ({
      account_id: `a${person.id}`,
      as_of: '2026-02-28',
      arrears: '1250.50',
      days_past_due: 12,
    })),
  );
  await put(
    context,
    'segment_members',
    people.map((person) => ({
      segment_id: 'seg',
      account_id: `a${person.id}`,
      customer_id: person.id,
      as_of: '2026-02-28',
    })),
    false,
  );
  await put(
    context,
    'contact_permissions',
    people
      .filter((person) => person.basis !== null)
      .map((person) => ({
        customer_id: person.id,
        channel: person.channel ?? channel,
        basis: person.basis ?? 'consent',
        granted_at: '2025-01-01',
        revoked_at: person.revokedAt ?? null,
      })),
  );
  await put(
    context,
    'flags',
    of((person) => person.flag).map((person) => ({
      customer_id: person.id,
      kind: person.flag ?? '',
      started_on: '2026-01-01',
    })),
  );
  await put(
    context,
    'contacts',
    of((person) => person.contactedAt).map((person) => ({
      contact_id: `c${person.id}`,
      customer_id: person.id,
      channel: person.channel ?? channel,
      sent_at: person.contactedAt ?? '',
      known_at: person.contactedAt ?? '',
      delivered: true,
    })),
  );
}

/** Runs a job to its end; gives its result or throws its error code. */
export async function runJob<T>(context: Context, kind: string, input: unknown): Promise<T> {
  const { id } = await context.jobs.submit({ kind, input, by: 'owner' });
  const job = await context.jobs.finished(id);
  if (job.state !== 'done') throw new Error(`${job.error?.code}: ${job.error?.message}`);
  return job.result as T;
}

export const all = (context: Context, table: string, order: string): Promise<Row[]> =>
  context.engine.rows(sql`SELECT * FROM ${ident(table)} ORDER BY ${raw(order)}`);
