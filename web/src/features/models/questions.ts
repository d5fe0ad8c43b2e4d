import type { RegisteredVersion } from '#core/contract/models/models.ts';
import { daysBetween } from './card.ts';

export interface Question {
  model: string;
  /** Newest first. */
  versions: readonly RegisteredVersion[];
  champion: RegisteredVersion | undefined;
  /** The champion, else the newest version that is not retired, else the newest. */
  shown: RegisteredVersion;
}

/** One entry for each question that has been answered, by its newest version. */
export function questionsOf(versions: readonly RegisteredVersion[]): Question[] {
  return [...new Set(versions.map((version) => version.model))].map((model) => {
    const own = versions.filter((version) => version.model === model);
    const champion = own.find(({ state }) => state === 'champion');
    const shown = champion ?? own.find(({ state }) => state !== 'retired') ?? (own[0] as RegisteredVersion);
    return { model, versions: own, champion, shown };
  });
}

const soonDays = 30;

export type NextAction =
  | { kind: 'approve' | 'retrain' | 'reinstate'; version: RegisteredVersion }
  | { kind: 'expiring'; version: RegisteredVersion; days: number }
  | { kind: 'compare'; version: RegisteredVersion; rival: RegisteredVersion }
  | { kind: 'score'; version: RegisteredVersion }
  | null;

/**
 * What somebody should do next about a question: approve the first version, renew one that expires, decide about
 * one trained after the champion, score. Null: nothing.
 *
 * @param scored versions that have scored
 */
export function nextAction(
  { champion, shown, versions }: Question,
  scored: ReadonlySet<string>,
  today: string,
): NextAction {
  if (!champion)
    return shown.state === 'retired'
      ? { kind: 'reinstate', version: shown }
      : { kind: shown.expired ? 'retrain' : 'approve', version: shown };
  if (champion.expired) return { kind: 'retrain', version: champion };
  const rival = versions.find(
    ({ createdAt, state, expired }) => createdAt > champion.createdAt && state === 'candidate' && !expired,
  );
  if (rival) return { kind: 'compare', version: champion, rival };
  const days = daysBetween(today, champion.card.expiresOn);
  if (days <= soonDays) return { kind: 'expiring', version: champion, days };
  return scored.has(champion.id) ? null : { kind: 'score', version: champion };
}
