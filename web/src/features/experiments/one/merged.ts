import type { Experiment } from '#core/contract/experiments/experiments.ts';

type ArmText = Experiment['texts'][number];

export interface MergedText extends ArmText {
  /** Which messages of the arm say so, from 1; empty where every message of the arm does. */
  messages: number[];
}

/** Texts of an arm that read the same are one, with the messages they are sent in. */
export function mergeTexts(texts: readonly ArmText[]): MergedText[] {
  const merged = new Map<string, MergedText>();
  const touches = new Map<string, Set<number>>();
  for (const text of texts) {
    const key = JSON.stringify([text.arm, text.language, text.text]);
    const touch = text.touch ?? 1;
    touches.set(text.arm, (touches.get(text.arm) ?? new Set()).add(touch));
    const one = merged.get(key);
    if (!one) merged.set(key, { ...text, messages: [touch] });
    else if (!one.messages.includes(touch)) one.messages.push(touch);
  }
  return [...merged.values()].map((one) => ({
    ...one,
    messages:
      one.messages.length === touches.get(one.arm)?.size ? [] : one.messages.toSorted((a, b) => a - b),
  }));
}
