import type { Channel } from '#core/portfolio/tables/people.ts';
import type { DesignInput } from './draft.ts';

export interface AssumeDraft {
  statedBy: string;
  jurisdiction: string;
  timeZone: string;
  basis: '' | 'consent' | 'contract' | 'legitimate_interest' | 'statutory';
  validAddress: boolean;
  house: boolean;
}

export const firstAssumptions = (): AssumeDraft => ({
  statedBy: '',
  jurisdiction: '',
  timeZone: '',
  basis: '',
  validAddress: false,
  house: false,
});

/** Nothing is assumed unless somebody puts their name to it. */
export function toAssumptions(draft: AssumeDraft, channel: Channel): DesignInput['assume'] | null {
  if (!draft.statedBy.trim()) return null;
  return {
    statedBy: draft.statedBy.trim(),
    ...(draft.jurisdiction ? { jurisdiction: draft.jurisdiction } : {}),
    ...(draft.timeZone.trim() ? { timeZone: draft.timeZone.trim() } : {}),
    ...(draft.basis ? { permission: { channel, basis: draft.basis } } : {}),
    ...(draft.validAddress ? { validAddress: true } : {}),
    ...(draft.house ? { ruleSet: 'house' as const } : {}),
  };
}
