import { DatabaseError } from 'pg';
import type { Answer } from '#core/delivery/answer.ts';
import { InsideAddress } from '../inside.ts';

type Failed = Extract<Answer, { kind: 'refused' | 'later' | 'stopped' | 'unknown' }>;

/** What a failure is called by the first characters of its SQLSTATE; the longest that fits decides. */
const kinds: readonly (readonly [code: string, kind: Failed['kind']])[] = [
  ['22', 'refused'],
  ['23', 'refused'],
  ['28', 'stopped'],
  ['3D', 'stopped'],
  ['3F', 'stopped'],
  ['42', 'stopped'],
  ['25006', 'stopped'],
  ['40', 'later'],
  ['53', 'later'],
  ['55', 'later'],
  // Ended by its owner or by a time limit: what was under way was undone.
  ['57', 'later'],
];

const tlsCodes = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO)/;

/** A message without its detail, which quotes the row. */
const wordsOf = (error: unknown): string => {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(first instanceof Error)) return String(first);
  const code = 'code' in first && typeof first.code === 'string' ? `${first.code}: ` : '';
  return `${code}${first.message.split('\n')[0] ?? ''}`.slice(0, 300);
};

/**
 * What a failure means for the rows of a call.
 *
 * @param sent a statement had been sent, so that it may have been carried out
 */
export function answerOfFailure(error: unknown, sent: boolean): Failed {
  if (error instanceof InsideAddress)
    return { kind: 'stopped', reason: `address not allowed: ${error.address}` };
  const reason = wordsOf(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof DatabaseError) {
    const found = kinds.find(([start]) => code.startsWith(start));
    return { kind: found?.[1] ?? 'unknown', reason };
  }
  if (sent) return { kind: 'unknown', reason };
  const isForAPerson =
    tlsCodes.test(code) || /does not support SSL|password|SASL|not encrypted/i.test(reason);
  return { kind: isForAPerson ? 'stopped' : 'later', reason };
}
