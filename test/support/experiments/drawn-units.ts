import type { Unit } from '#core/experiment/assigning/assign.ts';
import { type DrawPlan, drawInSql, drawPeople } from '#core/experiment/assigning/draw.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Engine } from '#server/engine/engine.ts';

const words = [
  'clienté',
  'cliente\u0301',
  'ñandú',
  '用户',
  'Ω',
  '🙂',
  'ﬁ',
  'Å',
  'A\u030a',
  '\u212b',
  "o'b",
  ' ',
];

/** People with ids of many scripts in 105 strata, here and in the table `units`. */
export async function fillUnits(engine: Engine, n: number): Promise<Unit[]> {
  const units = Array.from({ length: n }, (_, i) => ({
    id: `${words[i % words.length]}-${i}`,
    stratum: `${i % 7}/b${i % 3}/s${(i * 7919) % 5}`,
  }));
  await engine.run(raw('CREATE OR REPLACE TABLE units (customer_id VARCHAR, stratum VARCHAR)'));
  for (let i = 0; i < n; i += 20_000) {
    const part = JSON.stringify(units.slice(i, i + 20_000));
    await engine.run(
      sql`INSERT INTO units SELECT e->>'id', e->>'stratum' FROM (SELECT unnest(json_extract(${part}, '$[*]')) AS e)`,
    );
  }
  return units;
}

interface Row {
  customer_id: string;
  arm: string;
  block: number;
  propensity: number;
  hash: string;
  wave: number;
  text_lot: number;
}

/** Ids for which the engine and TypeScript differ in anything about the draw. */
export async function differingUnits(
  engine: Engine,
  units: readonly Unit[],
  plan: DrawPlan,
): Promise<string[]> {
  const here = new Map(drawPeople(units, plan).map((one) => [one.id, one]));
  const differing: string[] = [];
  const parts = 16;
  for (let part = 0; part < parts; part++) {
    const drawn = drawInSql(duckdb, raw('SELECT customer_id, stratum FROM units'), plan);
    if (part === 0) await engine.run(sql`CREATE OR REPLACE TABLE drawn_units AS ${drawn}`);
    const rows = await engine.rows<Row & Record<string, never>>(
      sql`SELECT * FROM drawn_units WHERE md5_number(customer_id) % ${raw(String(parts))} = ${raw(String(part))} ORDER BY customer_id`,
    );
    for (const row of rows) {
      const one = here.get(row.customer_id);
      here.delete(row.customer_id);
      const same =
        one?.arm === row.arm &&
        one.block === row.block &&
        one.propensity === row.propensity &&
        one.hash === row.hash &&
        one.wave === row.wave &&
        one.textLot === row.text_lot;
      if (!same) differing.push(row.customer_id);
    }
  }
  return [...differing, ...here.keys()];
}
