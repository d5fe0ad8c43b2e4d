import { knownColumns } from '#core/segment/columns.ts';
import type { Condition } from '#core/segment/condition.ts';

/**
 * Reads a condition back from the sentence it is said with, by the rules a person reads it by and nothing of the
 * code that wrote it. Titles of scores, features, experiments and styles must be their ids.
 */
export function readSaid(sentence: string, locale: 'es' | 'en'): Condition {
  const grammar = grammars[locale];
  let at = 0;
  const left = () => sentence.slice(at);
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = new RegExp(`^(?:${pattern.source})`, pattern.flags).exec(left());
    if (found) at += found[0].length;
    return found;
  };
  const fail = (): never => {
    throw new Error(`cannot read at ${at}: ${left()}`);
  };

  const number = (text: string): number => {
    const plain =
      locale === 'es' ? text.replaceAll('\u00a0', '').replace(',', '.') : text.replaceAll(',', '');
    return plain.endsWith('%')
      ? Number(`${plain.slice(0, -1).replace('−', '-')}e-2`)
      : Number(plain.replace('−', '-'));
  };
  const value = (): string => {
    const inQuotes = take(locale === 'es' ? /«((?:[^»]|»»)*)»(?!»)/ : /“((?:[^”]|””)*)”(?!”)/);
    if (inQuotes) return (inQuotes[1] ?? '').replaceAll('»»', '»').replaceAll('””', '”');
    const word = take(/[\p{L}\p{N}][\p{L}\p{N}_+./-]*/u);
    return word ? word[0] : fail();
  };
  const values = (many: boolean): string[] => {
    const all = [value()];
    while (many && take(grammar.orOf)) all.push(value());
    return all;
  };

  /** One condition; in a list, several values stand in parentheses. `alone` tries the whole list of values first. */
  const part = (nested: boolean): Condition => {
    if (take(grammar.not)) {
      const inner = whole();
      take(/\)/) ?? fail();
      return { not: inner };
    }
    if (take(/\(/)) {
      const inner = whole();
      take(/\)/) ?? fail();
      return inner;
    }
    return leaf(!nested);
  };
  /** A sentence of its own: one condition with all its values, or a group. */
  const whole = (): Condition => {
    const start = at;
    try {
      const only = part(false);
      if (at === sentence.length || left().startsWith(')')) return only;
    } catch {}
    at = start;
    return groupOfNested();
  };
  const groupOfNested = (): Condition => {
    const parts = [part(true)];
    let join: 'all' | 'any' = 'all';
    for (;;) {
      if (take(grammar.and)) join = 'all';
      else if (take(grammar.or)) join = 'any';
      else if (!take(/, /)) break;
      parts.push(part(true));
    }
    return join === 'any' ? { any: parts } : { all: parts };
  };

  const n = grammar.number;
  const bounds = (
    make: (range: { from?: number; to?: number; currency?: string }) => Condition,
  ): Condition => {
    const both = take(new RegExp(grammar.both.replaceAll('#', n)));
    const only = both ? null : take(new RegExp(grammar.from.replaceAll('#', n)));
    const under = both || only ? null : take(new RegExp(grammar.to.replaceAll('#', n)));
    const [from, to] = both
      ? [number(both[1] ?? ''), number(both[2] ?? '')]
      : [only && number(only[1] ?? ''), under && number(under[1] ?? '')];
    if (from === null && to === null) fail();
    const currency = take(/ ([A-Z]{3})(?![\p{L}])/u)?.[1];
    return make({
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(currency ? { currency } : {}),
    });
  };
  /** Whole numbers are said with their last. */
  const wholeBounds = (column: string): Condition => {
    const both = take(new RegExp(grammar.wholeBoth.replaceAll('#', n)));
    if (both) return { column, is: 'between', from: number(both[1] ?? ''), to: number(both[2] ?? '') + 1 };
    const upTo = take(new RegExp(grammar.wholeTo.replaceAll('#', n)));
    if (upTo) return { column, is: 'between', to: number(upTo[1] ?? '') + 1 };
    return bounds((range) => ({ column, is: 'between', ...range }));
  };
  const named = (
    name: { column: string } | { feature: string },
    integer: boolean,
    many: boolean,
  ): Condition => {
    if (take(grammar.missing)) return { ...name, is: 'missing' };
    if (take(grammar.present)) return { ...name, is: 'present' };
    if (take(grammar.isNot)) return { ...name, is: 'not_in', values: values(many) };
    if (take(grammar.isOf)) return { ...name, is: 'in', values: values(many) };
    if (integer && 'column' in name) return wholeBounds(name.column);
    return bounds((range) => ({ ...name, is: 'between', ...range }));
  };
  const columns = [...knownColumns].sort((a, b) => b.title[locale].length - a.title[locale].length);
  const column = () => {
    const found = columns.find(({ title }) => left().startsWith(title[locale]));
    if (found) at += found.title[locale].length;
    return found;
  };

  const leaf = (many: boolean): Condition => {
    if (take(grammar.everybody)) return { all: [] };
    for (const { pattern, make } of grammar.leaves) {
      const found = take(pattern);
      if (found) return make(found);
    }
    const decile = take(grammar.decile);
    if (decile) return { decile: decile[1] ?? '', of: values(many).map(Number) };
    const arm = take(grammar.arm);
    if (arm) return { experiment: arm[1] ?? '', arms: values(many) };
    const best = take(grammar.best);
    if (best) {
      const channels = values(many).map((said) => grammar.channels[said] ?? said);
      return { bestChannel: channels, ...(best[1] ? { sure: true } : {}) };
    }
    if (take(grammar.percentile)) {
      const feature = take(grammar.feature);
      const score = feature ? null : take(grammar.score);
      const of = feature
        ? { feature: feature[1] ?? '' }
        : score
          ? { score: score[1] ?? '' }
          : { column: (column() ?? fail()).name };
      const within = take(grammar.book) ? 'book' : take(grammar.currency) ? 'currency' : fail();
      return bounds((range) => ({ percentile: of, within, ...range }));
    }
    const score = take(grammar.score);
    if (score) return bounds((range) => ({ score: score[1] ?? '', ...range }));
    const feature = take(grammar.feature);
    if (feature) return named({ feature: feature[1] ?? '' }, false, many);
    const known = column() ?? fail();
    return named({ column: known.name }, known.type === 'number', many);
  };

  const read = whole();
  if (at !== sentence.length) fail();
  return read;
}

const style = (is: 'received' | 'not_received') => (found: RegExpExecArray) => ({
  style: found[1] ?? '',
  is,
  ...(found[2] ? { withinDays: Number(found[2].replace(/[^0-9]/g, '')) } : {}),
});

const flags = {
  es: {
    'reclamo en curso': 'dispute',
    'dificultad económica': 'hardship',
    'situación vulnerable': 'vulnerable',
    fallecimiento: 'deceased',
    insolvencia: 'insolvent',
    'pedido de no ser contactado': 'cease_contact',
    'plan de pagos': 'plan',
  },
  en: {
    'open dispute': 'dispute',
    hardship: 'hardship',
    vulnerability: 'vulnerable',
    death: 'deceased',
    insolvency: 'insolvent',
    'request not to be contacted': 'cease_contact',
    'payment plan': 'plan',
  },
} as const;
const flag = (locale: 'es' | 'en', withIt: string, without: string) => ({
  pattern: new RegExp(`(${withIt}|${without}) (${Object.keys(flags[locale]).join('|')})`),
  make: (found: RegExpExecArray): Condition => ({
    flag: (flags[locale] as Record<string, string>)[found[2] ?? ''] ?? '',
    is: found[1] === withIt ? 'set' : 'clear',
  }),
});

const grammars = {
  es: {
    number: '(−?[0-9]{1,3}(?:\u00a0[0-9]{3})*(?:,[0-9]+)?(?:\u00a0%)?)',
    and: / [ye] /,
    or: / [ou] /,
    orOf: /, | [ou] /,
    not: /no \(/,
    everybody: /todas las cuentas/,
    both: ' desde # y menos de #',
    from: ' de al menos #',
    to: ' de menos de #',
    wholeBoth: ' de # a #',
    wholeTo: ' hasta #',
    missing: / sin dato/,
    present: / con dato/,
    isNot: / distinto de /,
    isOf: /: /,
    score: /puntaje de «([^»]*)»/,
    feature: /rasgo «([^»]*)»/,
    decile: /decil del puntaje de «([^»]*)»: /,
    arm: /en el experimento «([^»]*)», brazo /,
    best: /su mejor canal(, con certeza,)? es /,
    percentile: /percentil de /,
    book: / en toda la cartera/,
    currency: / dentro de su moneda/,
    channels: {
      SMS: 'sms',
      correo: 'email',
      WhatsApp: 'whatsapp',
      llamada: 'call',
      carta: 'letter',
    } as Record<string, string>,
    leaves: [
      {
        pattern: /con algún mensaje de «([^»]*)»(?: en los últimos ([0-9\u00a0]+) días)?/,
        make: style('received'),
      },
      {
        pattern: /sin ningún mensaje de «([^»]*)»(?: en los últimos ([0-9\u00a0]+) días)?/,
        make: style('not_received'),
      },
      flag('es', 'con', 'sin'),
    ],
  },
  en: {
    number: '(−?[0-9]{1,3}(?:,[0-9]{3})*(?:\\.[0-9]+)?%?)',
    and: /,? and /,
    or: /,? or /,
    orOf: /,? or |, /,
    not: /not \(/,
    everybody: /all accounts/,
    both: ' from # and under #',
    from: ' of at least #',
    to: ' under #',
    wholeBoth: ' from # to #',
    wholeTo: ' up to #',
    missing: / not known/,
    present: / known/,
    isNot: / is not /,
    isOf: / is /,
    score: /score of “([^”]*)”/,
    feature: /feature “([^”]*)”/,
    decile: /decile of the score of “([^”]*)” is /,
    arm: /in the experiment “([^”]*)”, arm /,
    best: /the best channel(, clearly,)? is /,
    percentile: /percentile of /,
    book: / in the whole book/,
    currency: / within its currency/,
    channels: { SMS: 'sms', email: 'email', WhatsApp: 'whatsapp', call: 'call', letter: 'letter' } as Record<
      string,
      string
    >,
    leaves: [
      { pattern: /with a message of “([^”]*)”(?: in the last ([0-9,]+) days)?/, make: style('received') },
      {
        pattern: /without a message of “([^”]*)”(?: in the last ([0-9,]+) days)?/,
        make: style('not_received'),
      },
      flag('en', 'with', 'without'),
    ],
  },
} as const;
