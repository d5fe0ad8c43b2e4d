import type { Layer, Spec } from './chart.ts';

/** One of several drawings that are read side by side. */
export interface Panel {
  title: string;
  spec: Spec;
}

/** Breaks words into lines of at most so many characters; a longer word has a line of its own. */
export function lines(text: string, width: number): string[] {
  const out: string[] = [];
  for (const word of text.split(/ +/).filter(Boolean)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  return out;
}

/** Several drawings as one, two beside each other, each with its name above. */
export function sheet(panels: readonly Panel[], width: number): Spec {
  const [first] = panels;
  if (!first) throw new Error('a sheet needs a drawing');
  if (panels.length === 1) return { ...first.spec, width } as Spec;
  const base = first.spec as unknown as Layer & {
    padding?: { right?: number };
    config: { text?: { color?: string } };
  };
  const across = Math.floor(width / 2) - 40;
  return {
    $schema: base.$schema,
    description: panels
      .map(({ title, spec }) => `${title}: ${(spec as unknown as Layer).description}`)
      .join(' '),
    config: base.config,
    padding: 12,
    columns: 2,
    spacing: 36 + (base.padding?.right ?? 0),
    concat: panels.map(({ title, spec }) => {
      const { height, layer, resolve } = spec as unknown as Layer;
      return {
        title: { text: title, anchor: 'start', fontSize: 13, color: base.config.text?.color },
        width: across,
        height,
        layer,
        ...(resolve ? { resolve } : {}),
      };
    }),
  } as unknown as Spec;
}

export interface PictureFrame {
  title: string;
  /** What is drawn, whom it counts and of which date; each on a line of its own. */
  subtitle: readonly string[];
  background: string;
  ink: string;
  soft: string;
}

/** The chart with its title and what it shows written over it, as a specification that stands alone. */
export const titled = (spec: Spec, { title, subtitle, background, ink, soft }: PictureFrame): Spec =>
  ({
    ...spec,
    autosize: 'pad',
    background,
    title: {
      text: lines(title, 72),
      subtitle: subtitle.flatMap((line) => lines(line, 104)),
      anchor: 'start',
      fontSize: 18,
      color: ink,
      subtitleColor: soft,
      subtitleFontSize: 13,
      subtitleLineHeight: 18,
      subtitlePadding: 6,
      offset: 16,
    },
  }) as Spec;
