import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '#core/message/lint/language.ts';
import { lintMessage } from '#core/message/lint/lint.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { type Locale, locales } from '#core/text/text.ts';

interface Labelled {
  id: string;
  held: boolean;
  channel: Channel;
  rules: string[];
  text: string;
}
const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/messages/${name}.json`, import.meta.url), 'utf8')) as T;
const corpus = Object.fromEntries(
  locales.map((language) => [language, read<Labelled[]>(language)]),
) as Record<Locale, Labelled[]>;
/**
 * Four batches of 28 to 60 written after the rules, each read once by the rules as they stood. Of what may not be said
 * they found 24, 63, 20 and 67 in 100, and of what they refused 64, 90, 86 and 67 in 100 were rightly refused: that, not
 * the figures below, is how the linter does on words it has not met. Then rules were widened by what they had missed.
 */
const later = read<Record<Locale, Labelled[]>>('later');
const lastBatch = read<Record<Locale, Labelled[]>>('unseen');
const fresh = read<Record<Locale, Labelled[]>>('fresh');
const other = read<{ language: string; text: string }[]>('other');

const judge = ({ text, channel }: Labelled, language: Locale) =>
  new Set(lintMessage(text, language, channel).map(({ rule }) => rule));

interface Score {
  right: number;
  wrong: number;
  missed: number;
}
const share = (part: number, rest: number) => (part + rest === 0 ? 1 : part / (part + rest));

/** By rule, and `any`: whether a text is refused at all. */
function score(language: Locale, labelled: readonly Labelled[]): Map<string, Score> {
  const scores = new Map<string, Score>();
  const of = (rule: string) => {
    const found = scores.get(rule) ?? { right: 0, wrong: 0, missed: 0 };
    scores.set(rule, found);
    return found;
  };
  for (const one of labelled) {
    const found = judge(one, language);
    for (const rule of new Set([...found, ...one.rules])) {
      if (found.has(rule) && one.rules.includes(rule)) of(rule).right++;
      else if (found.has(rule)) of(rule).wrong++;
      else of(rule).missed++;
    }
    if (found.size > 0 && one.rules.length > 0) of('any').right++;
    else if (found.size > 0) of('any').wrong++;
    else if (one.rules.length > 0) of('any').missed++;
  }
  return scores;
}

const shown = (scores: Map<string, Score>) =>
  [...scores]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([rule, { right, wrong, missed }]) =>
        `  ${rule.padEnd(17)} precision ${share(right, wrong).toFixed(2)}  recall ${share(right, missed).toFixed(2)}  (${right + missed} labelled)`,
    )
    .join('\n');

describe.each(locales)('the labelled messages in %s', (language) => {
  it('are 70 or more, half fair, a third held out', () => {
    const all = corpus[language];
    expect(all.length).toBeGreaterThanOrEqual(70);
    const fair = all.filter(({ rules }) => rules.length === 0).length / all.length;
    expect(fair).toBeGreaterThan(0.45);
    expect(fair).toBeLessThan(0.55);
    expect(all.filter(({ held }) => held).length / all.length).toBeCloseTo(1 / 3, 1);
  });

  it.each([
    ['rules were written against', corpus[language].filter(({ held }) => !held), 0.95, 0.95, 0.75],
    ['held out', corpus[language].filter(({ held }) => held), 0.9, 0.9, 0.75],
    [
      'rules were widened by',
      [...later[language], ...lastBatch[language], ...fresh[language]],
      0.9,
      0.85,
      0.6,
    ],
  ] as const)('are told apart: those %s', (name, labelled, precision, recall, byRule) => {
    const scores = score(language, labelled);
    process.stdout.write(`${language}, ${name}:\n${shown(scores)}\n`);
    const any = scores.get('any') ?? { right: 0, wrong: 0, missed: 0 };
    expect(share(any.right, any.wrong)).toBeGreaterThanOrEqual(precision);
    expect(share(any.right, any.missed)).toBeGreaterThanOrEqual(recall);
    for (const [rule, one] of scores)
      if (one.right + one.missed >= 3) {
        expect(share(one.right, one.wrong), `${rule} precision`).toBeGreaterThanOrEqual(byRule);
        expect(share(one.right, one.missed), `${rule} recall`).toBeGreaterThanOrEqual(byRule);
      }
  });
});

describe('the language of a text', () => {
  it.each(other)('is named where it is neither: $language', ({ language, text }) => {
    expect(detectLanguage(text)).toBe(language);
    for (const asked of locales)
      expect(lintMessage(text, asked, 'letter')).toMatchObject([{ rule: 'other_language', found: language }]);
  });

  it.each(locales)('is known of every labelled text in %s', (language) => {
    const known = corpus[language].map(({ text }) => detectLanguage(text));
    expect(known.filter((one) => one !== null && one !== language)).toEqual([]);
    expect(known.filter((one) => one === language).length / known.length).toBeGreaterThan(0.9);
  });

  it('is left open where there is little to go by', () => {
    expect(detectLanguage('{{entidad}}: {{importe}} {{enlace_pago}}')).toBeNull();
    expect(detectLanguage('Pague.')).toBeNull();
  });
});
