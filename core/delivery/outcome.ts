import type { Answer, Guarantee, RowState } from './answer.ts';

/** What becomes of the rows of a call. */
export type Outcome =
  /** Each row has a state of its own now. */
  | { kind: 'settled'; states: readonly { state: RowState; reason: string | null }[] }
  /**
   * The same bytes are sent again, not before this many milliseconds; null: as the schedule has it. Doubtful: the receiver may have
   * them already.
   */
  | { kind: 'again'; reason: string; afterMs: number | null; doubtful: boolean }
  /** Halves are sent apart, to find the row that is wrong. */
  | { kind: 'split'; reason: string }
  /** Nothing more is sent until a person has acted. */
  | { kind: 'stop'; reason: string };

const all = (rows: number, state: RowState, reason: string | null) => ({
  kind: 'settled' as const,
  states: Array.from({ length: rows }, () => ({ state, reason })),
});

/**
 * Turns an answer into what becomes of the rows of the call. What may have been read is sent again only where the receiver
 * keeps one of two; where it does not, it is uncertain and stays so until what comes back settles it.
 */
export function outcomeOf(
  guarantee: Guarantee,
  rows: number,
  answer: Exclude<Answer, { kind: 'pending' }>,
): Outcome {
  if (answer.kind === 'accepted') {
    const rejected = new Map(answer.rejected?.map(({ place, reason }) => [place, reason]));
    return {
      kind: 'settled',
      states: Array.from({ length: rows }, (_, place) => {
        const reason = rejected.get(place);
        return reason === undefined
          ? { state: 'acknowledged' as const, reason: null }
          : { state: 'rejected' as const, reason };
      }),
    };
  }
  if (answer.kind === 'refused')
    return rows > 1 ? { kind: 'split', reason: answer.reason } : all(rows, 'rejected', answer.reason);
  if (answer.kind === 'later')
    return { kind: 'again', reason: answer.reason, afterMs: answer.afterMs ?? null, doubtful: false };
  if (answer.kind === 'stopped') return { kind: 'stop', reason: answer.reason };
  return guarantee === 'at_most_once'
    ? all(rows, 'uncertain', answer.reason)
    : { kind: 'again', reason: answer.reason, afterMs: null, doubtful: true };
}

/** Where rows stand that were under way when the process ended: what an unknown answer would have made of them. */
export const afterCut = (guarantee: Guarantee): RowState =>
  guarantee === 'at_most_once' ? 'uncertain' : 'pending';
