import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import { type Interval, wilson } from '../stats/wilson.ts';
import type { Text } from '../text/text.ts';

/** A consequence must follow in this share of cases, or it is a bluff. */
export const consequenceMinimumShare = 0.95;
/** Fewest cases a measured share may rest on. */
export const consequenceMinimumCases = 30;

/** As for contact rules: read in the source, known from others, or still to be read. */
export type SourceStatus = 'primary' | 'secondary' | 'to-verify';

/** Whether naming and carrying out the consequence is lawful in a country, by what source. */
export interface Lawful {
  lawful: boolean;
  source: string;
  status: SourceStatus;
  /** What it asks for. */
  note: Text;
}

/** Cases are everybody's: whether a consequence follows shows in those it could follow for, not in those addressed. */
export interface ConsequenceQuestion {
  asOf: string;
  /** Country of customers whose own is not known. */
  country: string | null;
}

export interface CaseCount {
  country: string | null;
  n: number;
  events: number;
}

/** What not paying leads to. One file of `consequences/` is one kind; its id is its file name. */
export interface ConsequenceKind {
  text: { title: Text; summary: Text };
  /** Which cases are counted, and when it has been carried out; what has to be stated where nothing shows it. */
  cases: Text;
  carriedOut: Text;
  /** Rows: country, n, events; ordered by country. Null: no table of the portfolio can show it. */
  measure: ((dialect: Dialect, question: ConsequenceQuestion) => Sql) | null;
  /** By ISO country. A country that is not here is not known to allow it. */
  lawful: Readonly<Record<string, Lawful>>;
}

/** What a named person states in place of the portfolio. */
export interface Statement {
  country: string;
  share: number;
  evidence: string;
  name: string;
  statedOn: string;
  validUntil: string;
}

export type ConsequenceReason =
  | 'country_unknown'
  | 'unlawful'
  | 'law_unknown'
  | 'seldom'
  | 'too_few_cases'
  | 'not_shown'
  | 'statement_expired';

export interface ConsequenceVerdict {
  country: string | null;
  lawful: Lawful | null;
  n: number;
  events: number;
  share: Interval;
  statement: Statement | null;
  holds: boolean;
  reason?: ConsequenceReason;
}

/**
 * For each country in which people are addressed: lawful there, and carried out in 95 % of cases or more, as the
 * portfolio shows or, only where it shows nothing, as somebody states by name.
 *
 * @param counts of the measure; empty where nothing was measured
 * @param today the day on which a statement must still be valid
 */
export function judgeConsequence(
  kind: ConsequenceKind,
  countries: readonly (string | null)[],
  counts: readonly CaseCount[],
  statements: readonly Statement[],
  today: string,
): ConsequenceVerdict[] {
  return countries.map((country) => {
    const { n = 0, events = 0 } = counts.find((one) => one.country === country) ?? {};
    const lawful = (country !== null && kind.lawful[country]) || null;
    const statement = statements.find((one) => one.country === country) ?? null;
    const reason = reasonOf({ country, lawful, n, events, statement }, kind.measure !== null, today);
    return {
      country,
      lawful,
      n,
      events,
      share: wilson(events, n),
      statement,
      holds: !reason,
      ...(reason && { reason }),
    };
  });
}

function reasonOf(
  {
    country,
    lawful,
    n,
    events,
    statement,
  }: Pick<ConsequenceVerdict, 'country' | 'lawful' | 'n' | 'events' | 'statement'>,
  measurable: boolean,
  today: string,
): ConsequenceReason | undefined {
  if (country === null) return 'country_unknown';
  if (!lawful) return 'law_unknown';
  if (!lawful.lawful) return 'unlawful';
  if (n >= consequenceMinimumCases) return events / n < consequenceMinimumShare ? 'seldom' : undefined;
  if (!statement) return measurable ? 'too_few_cases' : 'not_shown';
  if (statement.validUntil < today) return 'statement_expired';
  return statement.share < consequenceMinimumShare ? 'seldom' : undefined;
}
