import type { GuardrailReading, GuardrailSeen, Judgement, Seen } from './judgement.ts';

/** The least and the most by which an arm may be worse than control; null where nothing is known. */
function harmRange({ lower, upper, better }: GuardrailSeen): [least: number | null, most: number | null] {
  if (better === 'lower') return [lower, upper];
  return [upper === null ? null : -upper, lower === null ? null : -lower];
}

/**
 * Non-inferiority of one guardrail: within the margin when the bound on the harmful side stays under it, crossed when
 * the other bound is over it, not yet otherwise. Before the last window closes it is always not yet: what may be said
 * earlier is the harm watch's to say.
 */
function readingOf(rail: GuardrailSeen, matured: boolean): GuardrailReading {
  if (!matured) return 'not_yet';
  const [least, most] = harmRange(rail);
  if (least !== null && least > rail.margin) return 'margin_crossed';
  return most !== null && most < rail.margin ? 'within_margin' : 'not_yet';
}

export const readGuardrails = ({ guardrails = [], asOf }: Seen): Judgement['guardrails'] =>
  guardrails.map((rail) => {
    const matured = rail.maturesOn <= asOf;
    return { ...rail, matured, reading: readingOf(rail, matured) };
  });
