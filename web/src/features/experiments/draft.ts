import type { z } from 'zod';
import type { Design, design } from '#core/experiment/define.ts';

export type DesignInput = z.input<typeof design>;
/** Channels the catalogue has texts for. */
export const channels = ['sms', 'whatsapp', 'email'] as const;
export type Channel = (typeof channels)[number];

export interface DesignDraft {
  name: string;
  segmentId: string;
  vary: 'style' | 'channel';
  /** Styles that are arms when styles are compared; the first alone counts when channels are. */
  styles: string[];
  channels: Channel[];
  /** By arm; 1 where none is given. */
  weights: Record<string, number>;
  control: string;
  horizonDays: number;
  sendOn: string;
  sendAt: string;
  alphaPercent: number;
  powerPercent: number;
  correction: Design['correction'];
  plan: Design['plan'];
  assume: AssumeDraft;
}

export interface AssumeDraft {
  statedBy: string;
  jurisdiction: string;
  timeZone: string;
  basis: '' | 'consent' | 'contract' | 'legitimate_interest' | 'statutory';
  validAddress: boolean;
  house: boolean;
}

export const firstDraft = (): DesignDraft => ({
  name: '',
  segmentId: '',
  vary: 'style',
  styles: ['neutral', 'loss_aversion', 'social_proof'],
  channels: ['sms'],
  weights: {},
  control: 'neutral',
  horizonDays: 30,
  sendOn: '',
  sendAt: '10:00',
  alphaPercent: 5,
  powerPercent: 80,
  correction: 'holm',
  plan: 'simple_fixed',
  assume: { statedBy: '', jurisdiction: '', timeZone: '', basis: '', validAddress: false, house: false },
});

/** Names of the arms, in order: the styles or the channels compared. */
export const armNames = (draft: DesignDraft): string[] =>
  draft.vary === 'style' ? draft.styles : draft.channels;

/** The design as the server takes it; null while there is nothing to compare. */
export function toDesign(draft: DesignDraft, known: readonly string[]): DesignInput | null {
  const styles = draft.styles.filter((style) => known.includes(style));
  const [style, channel] = [styles[0], draft.channels[0]];
  if (!draft.segmentId || !style || !channel) return null;
  const pairs =
    draft.vary === 'style'
      ? styles.map((one) => ({ name: one, style: one, channel }))
      : draft.channels.map((one) => ({ name: one as string, style, channel: one }));
  if (pairs.length < 2) return null;
  const assume = toAssumptions(draft.assume, channel);
  return {
    name: draft.name.trim(),
    segmentId: draft.segmentId,
    arms: pairs.map(({ name, style, channel }) => ({
      name,
      weight: draft.weights[name] ?? 1,
      touches: [{ day: 0, style, channel, templates: [channel] }],
    })),
    control: pairs.some((pair) => pair.name === draft.control) ? draft.control : (pairs[0]?.name ?? ''),
    metric: { id: 'cured', horizonDays: draft.horizonDays },
    alpha: draft.alphaPercent / 100,
    power: draft.powerPercent / 100,
    correction: draft.correction,
    plan: draft.plan,
    sendAt: draft.sendAt,
    ...(draft.sendOn ? { sendOn: draft.sendOn } : {}),
    ...(assume ? { assume } : {}),
  };
}

/** Nothing is assumed unless somebody puts their name to it. */
function toAssumptions(draft: AssumeDraft, channel: Channel): DesignInput['assume'] | null {
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
