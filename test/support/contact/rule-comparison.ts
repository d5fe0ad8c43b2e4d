import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { offsetRows, readingsOf, ruleFailures, timestampText } from '#core/contact/check.ts';
import type { Facts, Reading, RuleKind, RuleTables } from '#core/contact/rule.ts';
import { type KnownClause, numberClauses, type RuleSet } from '#core/contact/rule-set.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { join as joinSql, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine, Session } from '#server/engine/engine.ts';
import { discover } from '#server/registry.ts';
import { type Case, caseIn, inventedSets, offsets } from './rule-cases.ts';

type ColumnTypes = Record<string, 'VARCHAR' | 'TIMESTAMP' | 'DATE' | 'BOOLEAN' | 'INTEGER'>;

/** Rows as a table of the engine, by way of a file. */
async function table(
  session: Session,
  folder: string,
  name: string,
  types: ColumnTypes,
  rows: readonly Record<string, unknown>[],
): Promise<Sql> {
  const path = join(folder, `${name}.ndjson`);
  writeFileSync(path, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const columns = Object.entries(types).map(([column, type]) => `${column}: '${type}'`);
  await session.run(
    sql`CREATE TABLE ${raw(name)} AS SELECT * FROM read_json(${literal(path)}, format = 'newline_delimited', columns = {${raw(columns.join(', '))}})`,
  );
  return raw(name);
}

async function tablesOf(session: Session, folder: string, cases: readonly Case[]): Promise<RuleTables> {
  const each = <T>(rows: (one: Case, customer: string) => T[]) =>
    cases.flatMap((one, i) => rows(one, `c${i}`));
  const stamp = (ms: number | null) => (ms === null ? null : timestampText(ms));
  const text = 'VARCHAR' as const;
  const planned = await table(
    session,
    folder,
    'planned',
    {
      assignment_id: text,
      customer_id: text,
      channel: text,
      rule_set: text,
      zone: text,
      planned_at: 'TIMESTAMP',
    },
    each(({ reading }, customer) => [
      {
        assignment_id: customer,
        customer_id: customer,
        channel: reading.channel,
        rule_set: reading.ruleSet,
        zone: reading.zone,
        planned_at: stamp(reading.plannedAt),
      },
    ]),
  );
  const zoned = offsetRows(duckdb, offsets);
  await session.run(sql`CREATE TABLE readings AS ${readingsOf(duckdb, planned, zoned)}`);
  return {
    readings: raw('readings'),
    addressable: await table(
      session,
      folder,
      'addressable',
      { customer_id: text },
      each(({ facts }, customer_id) => (facts.addressable ? [{ customer_id }] : [])),
    ),
    standing: await table(
      session,
      folder,
      'standing',
      { customer_id: text, days_past_due: 'INTEGER' },
      each(({ facts }, customer_id) => [{ customer_id, days_past_due: facts.daysPastDue }]),
    ),
    offsets: zoned,
    permissions: await table(
      session,
      folder,
      'permissions',
      { customer_id: text, channel: text, basis: text, granted_at: 'TIMESTAMP', revoked_at: 'TIMESTAMP' },
      each(({ facts }, customer_id) =>
        facts.permissions.map((given) => ({
          customer_id,
          channel: given.channel,
          basis: given.basis,
          granted_at: stamp(given.grantedAt),
          revoked_at: stamp(given.revokedAt),
        })),
      ),
    ),
    points: await table(
      session,
      folder,
      'points',
      { customer_id: text, channel: text, valid: 'BOOLEAN' },
      each(({ facts }, customer_id) => facts.points.map((point) => ({ customer_id, ...point }))),
    ),
    flags: await table(
      session,
      folder,
      'flags',
      { customer_id: text, kind: text, started_on: 'DATE', ended_on: 'DATE' },
      each(({ facts }, customer_id) =>
        facts.flags.map((flag) => ({
          customer_id,
          kind: flag.kind,
          started_on: flag.startedOn,
          ended_on: flag.endedOn,
        })),
      ),
    ),
    touches: await table(
      session,
      folder,
      'touches',
      {
        customer_id: text,
        channel: text,
        happened_at: 'TIMESTAMP',
        reached: 'BOOLEAN',
        conversation: 'BOOLEAN',
      },
      each(({ facts }, customer_id) =>
        facts.touches.map((touch) => ({
          customer_id,
          channel: touch.channel,
          happened_at: stamp(touch.happenedAt),
          reached: touch.reached,
          conversation: touch.conversation,
        })),
      ),
    ),
  };
}

export interface Comparison {
  cases: number;
  /** Decisions taken by each side, and how many excluded. */
  decisions: number;
  excluded: number;
  /** Rule kinds that excluded somebody, and that let somebody through. */
  excluding: string[];
  passing: string[];
  /** Where the two disagree. */
  differences: { rule: string; sql: boolean; parameters: unknown; reading: Reading; facts: Facts }[];
}

/** Judges random people under every rule set, once in the engine and once here, and compares every decision. */
export async function compareDecisions(
  count: number,
  seed: number,
  make: (ruleSets: readonly string[]) => Case[] = (ruleSets) =>
    fc.sample(caseIn(ruleSets), { seed, numRuns: count }),
): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-rules-'));
  let engine: Engine | null = null;
  try {
    engine = await openDuckDb({
      path: join(folder, 'rules.duckdb'),
      threads: 1,
      memoryLimit: '1GB',
      tempDirectory: join(folder, 'spill'),
    });
    const kinds = await discover<RuleKind>('core/contact/rules');
    const sets = [...(await discover<RuleSet>('core/contact/jurisdictions')).values(), ...inventedSets(seed)];
    const clauses = numberClauses(
      sets.map((set) => [set]),
      kinds,
      1,
    );
    const cases = make(sets.map((set) => set.id));
    const tables = await tablesOf(engine, folder, cases);
    const bySql = await judgeInSql(engine, kinds, clauses, tables);
    return compare(cases, clauses, kinds, bySql);
  } finally {
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judgeInSql(
  session: Session,
  kinds: ReadonlyMap<string, RuleKind>,
  clauses: readonly KnownClause[],
  tables: RuleTables,
): Promise<Set<string>> {
  await session.run(raw('CREATE TABLE plan_failures (assignment_id VARCHAR, clause INTEGER)'));
  for (const [rule, kind] of kinds) {
    const own = clauses.filter((clause) => clause.rule === rule);
    await session.run(ruleFailures(duckdb, kind, own, tables));
  }
  const rows = await session.rows<{ found: string }>(
    sql`SELECT ${joinSql([raw('assignment_id'), raw("':'"), raw('clause')], ' || ')} AS found FROM plan_failures`,
  );
  return new Set(rows.map((row) => row.found));
}

function compare(
  cases: readonly Case[],
  clauses: readonly KnownClause[],
  kinds: ReadonlyMap<string, RuleKind>,
  bySql: ReadonlySet<string>,
): Comparison {
  const excluding = new Set<string>();
  const passing = new Set<string>();
  const differences: Comparison['differences'] = [];
  const bySet = new Map<string, KnownClause[]>();
  for (const clause of clauses) bySet.set(clause.ruleSet, [...(bySet.get(clause.ruleSet) ?? []), clause]);
  let decisions = 0;
  let excluded = 0;
  cases.forEach(({ reading, facts }, i) => {
    for (const { clause, rule, parameters } of bySet.get(reading.ruleSet) ?? []) {
      const here = kinds.get(rule)?.excludes(reading, facts, parameters) ?? false;
      const there = bySql.has(`c${i}:${clause}`);
      decisions++;
      if (here) excluded++;
      (here ? excluding : passing).add(rule);
      if (here !== there)
        differences.push({ rule, sql: there, parameters, reading, facts: { ...facts, offsets: [] } });
    }
  });
  const sorted = (names: Set<string>) => [...names].toSorted();
  return {
    cases: cases.length,
    decisions,
    excluded,
    excluding: sorted(excluding),
    passing: sorted(passing),
    differences,
  };
}
