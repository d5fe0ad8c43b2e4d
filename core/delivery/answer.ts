/** What a run carries to a receiver. */
export const carried = ['messages', 'attributes', 'recalls'] as const;
export type Carried = (typeof carried)[number];

/**
 * What a receiver sees of something sent again. Idempotent: it keeps one, by key or by an id it remembers. At most once: what
 * may have arrived is never sent again. At least once: it may see it twice, and so gets no messages to people.
 */
export const guarantees = ['idempotent', 'at_most_once', 'at_least_once'] as const;
export type Guarantee = (typeof guarantees)[number];

/**
 * How one call ended, as the receiver's own protocol tells it.
 *
 * - accepted: taken in, but for the rows rejected by their place in the call;
 * - pending: taken as a job of the receiver's that is asked about until it ends;
 * - refused: not taken, and would not be as it stands: something in it is wrong;
 * - later: not taken, and may be if tried again, after the time it asks for where it asks;
 * - stopped: not taken, and nothing will be until a person has acted (credentials, certificate, address);
 * - unknown: cut off once it had been read, or answered in a way that leaves it open.
 */
export type Answer =
  | { kind: 'accepted'; rejected?: readonly { place: number; reason: string }[] }
  | { kind: 'pending'; job: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; reason: string; afterMs?: number | undefined }
  | { kind: 'stopped'; reason: string }
  | { kind: 'unknown'; reason: string };

/** Where one row stands. From `sending` on the receiver may have seen it. */
export const rowStates = [
  'pending',
  'sending',
  /** Taken in by the receiver: no more is claimed. */
  'acknowledged',
  /** In a file, whole. */
  'written',
  /** It may have arrived; it is not sent again, and what comes back settles it. */
  'uncertain',
  /** Refused by the receiver for its own sake; tried again in a later run. */
  'rejected',
  /** Refused too often to be tried again by itself. */
  'dead',
  /** Kept back while the run was under way: the person opted out, paid, died. */
  'withheld',
  /** Its send window closed first. */
  'expired',
  'cancelled',
  /** Kept back by the contact rules before the run. */
  'excluded',
] as const;
export type RowState = (typeof rowStates)[number];

/** States in which a receiver has, or may have, what was sent. */
export const leftStates = ['acknowledged', 'written', 'uncertain'] as const satisfies readonly RowState[];
