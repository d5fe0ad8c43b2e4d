import { channels, flagKinds } from '#core/portfolio/tables/people.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, choice, drawKey, nearlyNormal, num, pick, uniform, word } from './draw.ts';
import { model, styles } from './model.ts';
import { layer, type Scope, scratchTable } from './scope.ts';

const { countries, products, responders, miss, cure } = model;
const c = (name: string): Sql => raw(name);
const coded = (shares: readonly number[]) => shares.map((share, i) => ({ share, value: raw(String(i)) }));

/** Share of people with a permission on each channel, and with an address there that works. */
const reach = {
  permission: { sms: 0.91, email: 0.78, whatsapp: 0.72, call: 0.94, letter: 0.9 },
  valid: { sms: 0.95, email: 0.9, whatsapp: 0.91, call: 0.92, letter: 0.85 },
} as const;

/** Days of the month on which money comes in, in order; 99 stands for none. */
const paydays = [
  { share: 0.36, first: 1, second: 15 },
  { share: 0.26, first: 1, second: 99 },
  { share: 0.1, first: 5, second: 99 },
  { share: 0.14, first: 25, second: 99 },
  { share: 0.14, first: 99, second: 99 },
] as const;

const loanTerms = [36, 48, 60, 72] as const;
/** A loan still has at least this many instalments to run at the end of the data. */
const monthsLeft = 14;

/** Everything that never changes about accounts `first` to `last`: who the person is, and how that person behaves. */
export function createLatents(scope: Scope, first: number, last: number): Sql {
  const d = scope.dialect;
  const total = scope.months.length;
  const words = (stream: string, id: Sql, names: readonly string[]) =>
    Object.fromEntries(names.map((name, i) => [name, word(d, drawKey(d, scope.seed, stream, id), i)]));
  const accounts = sql`SELECT n AS account_no, CASE WHEN n % ${num(model.secondAccountEvery)} = 0 THEN n - 1 ELSE n END AS customer_no,
  CASE WHEN n % ${num(model.secondAccountEvery)} = 0 THEN n - 1 WHEN (n + 1) % ${num(model.secondAccountEvery)} = 0 THEN n + 1 END AS partner_no
  FROM ${d.series(num(first), num(last))}`;
  const drawn = layer(accounts, {
    ...words('ability', c('customer_no'), ['a0', 'a1', 'a2', 'a3']),
    ...words('will', c('customer_no'), ['b0', 'b1', 'b2', 'b3']),
    ...words('own', c('account_no'), ['o0', 'o1', 'o2', 'o3']),
    ...words('amount', c('account_no'), ['m0', 'm1', 'm2', 'm3']),
    ...words('person', c('customer_no'), ['p0', 'p1', 'p2', 'p3']),
    ...words('account', c('account_no'), ['t0', 't1', 't2', 't3']),
    ...words('reach', c('customer_no'), ['r0', 'r1', 'r2', 'r3']),
    ...words('reach2', c('customer_no'), ['r4']),
    ...words('flag', c('customer_no'), ['f0', 'f1']),
  });
  const people = layer(drawn, {
    ability: nearlyNormal(['a0', 'a1', 'a2', 'a3'].map(c)),
    will: nearlyNormal(['b0', 'b1', 'b2', 'b3'].map(c)),
    own: nearlyNormal(['o0', 'o1', 'o2', 'o3'].map(c)),
    size: nearlyNormal(['m0', 'm1', 'm2', 'm3'].map(c)),
    country: pick(uniform(c('p0')), coded(countries.map((country) => country.share))),
    responder: pick(uniform(c('p1')), coded(responders.map((responder) => responder.share))),
    preferred: pick(uniform(c('p2')), coded(channels.map((channel) => model.contact.preferred[channel]))),
    holdout: sql`${uniform(c('p3'))} < ${num(model.holdoutShare)}`,
    product: pick(uniform(c('t0')), coded(products.map((product) => product.share))),
    due_day: sql`3 + ${choice(c('t1'), 0, 25)}`,
    payday: pick(uniform(c('t2')), coded(paydays.map((kind) => kind.share))),
    term: byCode(choice(c('t3'), 0, 4), loanTerms.map(num)),
    permitted: mask('permission'),
    valid: mask('valid'),
  });
  const known = layer(people, {
    elapsed: sql`1 + CAST(floor(${uniform(c('t3'))} * CASE WHEN product = 1 THEN term - ${num(monthsLeft)} ELSE 120 END) AS INTEGER)`,
    pay1: byCode(
      c('payday'),
      paydays.map((kind) => num(kind.first)),
    ),
    pay2: byCode(
      c('payday'),
      paydays.map((kind) => num(kind.second)),
    ),
    unit: byCode(
      c('country'),
      countries.map((country) => num(country.perUnit)),
    ),
    step: byCode(
      c('country'),
      countries.map((country) => num(country.step)),
    ),
    reacts: sql`CASE WHEN country = ${num(codeOf(countries, 'code', model.noEffect.country))} AND product = ${num(codeOf(products, 'name', model.noEffect.product))} THEN 0
  WHEN country = ${num(codeOf(countries, 'code', model.noStyleEffect.country))} AND product = ${num(codeOf(products, 'name', model.noStyleEffect.product))} THEN 1 ELSE 2 END`,
  });
  const behaves = layer(known, {
    flag: flagOf(),
    flag_from: sql`${num(1 - model.burnInMonths)} + (f1 % ${num(total + model.burnInMonths)})`,
    opened_idx: sql`${num(total)} - elapsed`,
    miss: sql`${num(miss.base)} + ${num(miss.ability)} * ability + ${num(miss.will)} * will + ${num(miss.own)} * own + ${byCode(
      c('product'),
      products.map((product) => num(product.miss)),
    )}`,
    cure: sql`greatest(${num(cure.slowestLog)}, ${num(cure.base)} + ${num(cure.ability)} * ability + ${num(cure.will)} * will + ${num(cure.own)} * own + ${byCode(
      c('product'),
      products.map((product) => num(product.cure)),
    )})`,
    used: sql`round(3 + 14 / (1 + ${d.exp(sql`(ability + will) / 1.4142135623730951e0`)}), 4)`,
    ...answers(),
    risk: sql`-(ability + will) / 1.4142135623730951e0`,
    instalment: sql`greatest(step, round(unit * ${byCode(
      c('product'),
      products.map((product) => num(product.instalment)),
    )} * ${d.exp(
      sql`size * ${byCode(
        c('product'),
        products.map((product) => num(product.spread)),
      )}`,
    )} / step) * step)`,
  });
  return sql`CREATE OR REPLACE TABLE ${scratchTable(scope, 'latent')} AS
SELECT CAST(account_no AS INTEGER) AS account_no, CAST(customer_no AS INTEGER) AS customer_no, CAST(partner_no AS INTEGER) AS partner_no,
  ${raw(tiny.map((name) => `CAST(${name} AS TINYINT) AS ${name}`).join(', '))},
  CAST(opened_idx AS SMALLINT) AS opened_idx, CAST(flag_from AS SMALLINT) AS flag_from, CAST(flag_from + CASE WHEN flag IN (4, 5, 6) THEN 900 ELSE 2 + f1 % 5 END AS SMALLINT) AS flag_to, ability, will, miss, cure, risk, used, holdout, ${raw(Object.keys(answers()).join(', '))}, ${d.cast(c('instalment'), 'money')} AS instalment
FROM (${behaves})`;
}

const tiny = [
  'country',
  'product',
  'responder',
  'preferred',
  'due_day',
  'pay1',
  'pay2',
  'term',
  'reacts',
  'permitted',
  'valid',
  'flag',
];

/** Bit i set when the person has channel i; permission and validity use different bits of one word. */
function mask(kind: 'permission' | 'valid'): Sql {
  const shift = kind === 'permission' ? 0 : 12;
  return raw(
    channels
      .map(
        (channel, i) =>
          `CASE WHEN ((r${i} >> ${shift}) & 4095) < ${Math.round(reach[kind][channel] * 4096)} THEN ${1 << i} ELSE 0 END`,
      )
      .join(' + '),
  );
}

/** What a message of each style does to this person: effect0, effect1, … and the same for opting out and complaining. */
function answers(): Record<string, Sql> {
  const of = (kind: 'effect' | 'optOut' | 'complaint', style: (typeof styles)[number]): Sql =>
    byCode(
      c('responder'),
      responders.map((responder) => num(responder[kind][style])),
    );
  return Object.fromEntries(
    styles.flatMap((style, i) => [
      [
        `effect${i}`,
        sql`CASE reacts WHEN 0 THEN 0e0 WHEN 1 THEN ${of('effect', styles[0])} ELSE ${of('effect', style)} END`,
      ],
      [`opt_out${i}`, of('optOut', style)],
      [`complaint${i}`, of('complaint', style)],
    ]),
  );
}

/** Number of the flag a person gets at some time, 0 for none; hardship is likelier where ability is low. */
function flagOf(): Sql {
  let upTo = 0;
  const cases = flagKinds.map((kind, i) => {
    const before = upTo;
    upTo += model.flags[kind];
    const share =
      kind === 'hardship'
        ? sql`${num(before)} + (${num(model.flags[kind])}) * CASE WHEN ability < -0.5e0 THEN 1 ELSE 0.45e0 END`
        : num(upTo);
    return sql`WHEN ${uniform(c('f0'))} < ${share} THEN ${num(i + 1)}`;
  });
  return sql`CASE ${join(cases, ' ')} ELSE 0 END`;
}

const codeOf = <T>(list: readonly T[], key: keyof T, value: T[keyof T]): number =>
  list.findIndex((item) => item[key] === value);
