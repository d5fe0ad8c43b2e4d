import { type Design, design } from './define.ts';

interface SingleMessage {
  name: string;
  weight: number;
  style: string;
  channel: string;
  template: string;
}

/** A design as it was stored, with arms of one message, as they were at first, read as cadences of one touch. */
export function storedDesign(json: string): Design {
  const stored = JSON.parse(json) as { arms: (SingleMessage | { touches: unknown[] })[] };
  const arms = stored.arms.map((arm) => {
    if ('touches' in arm) return arm;
    const { name, weight, style, channel, template } = arm;
    return { name, weight, touches: [{ day: 0, style, channel, templates: [template] }] };
  });
  return design.parse({ ...stored, arms });
}
