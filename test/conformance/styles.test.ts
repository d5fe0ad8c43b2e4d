import { describe, expect, it } from 'vitest';
import { lintMessage } from '#core/message/lint/lint.ts';
import { namedConsequences } from '#core/message/named-consequences.ts';
import { statedShares } from '#core/message/numbers.ts';
import type { MessageStyle, Template } from '#core/message/style.ts';
import { fillWithExamples, isPlaceholder, placeholdersIn } from '#core/message/text/placeholder.ts';
import { smsLength } from '#core/message/text/sms.ts';
import { channels } from '#core/portfolio/tables/people.ts';
import { format, type Locale, locales, type Text } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';

const claims = [...(await discover('core/message/claims')).keys()];
const consequences = [...(await discover('core/message/consequences')).keys()];
const styles = [...(await discover<MessageStyle>('core/message/styles'))];
const messages = styles.flatMap(([id, style]) =>
  style.templates.flatMap((template) =>
    locales.map((language) => ({ name: `${id} ${template.id} ${language}`, style, template, language })),
  ),
);
const neutral = new Map(styles).get('neutral')!;

const written = (template: Template, language: Locale): string =>
  fillWithExamples(`${template.subject?.[language] ?? ''} ${template.body[language]}`);
const same = (a: Template, b: Template) => a.id === b.id && a.channel === b.channel;

it('finds styles, neutral among them', () => {
  expect(styles.length).toBeGreaterThanOrEqual(3);
  expect(neutral).toBeDefined();
});

it.each(styles)(
  '%s says in both languages what it claims, on what evidence and where it must not be used',
  (_, style) => {
    const texts: Text[] = [
      style.text.title,
      style.text.summary,
      style.claims,
      ...style.evidence.flatMap(({ finding, limit }) => [finding, limit]),
      ...style.avoid,
    ];
    for (const text of texts)
      for (const locale of locales) expect(format(text, locale).trim()).toMatch(/\p{L}{2}/u);
    expect(style.evidence.length).toBeGreaterThan(0);
    for (const { source } of style.evidence) expect(source).not.toContain('\n');
    expect(style.avoid.length).toBeGreaterThan(0);
  },
);

it.each(styles)(
  '%s has one template of each name, and two or more for every channel and language',
  (_, { templates }) => {
    expect(new Set(templates.map((template) => template.id)).size).toBe(templates.length);
    for (const channel of channels)
      for (const language of locales)
        expect(
          new Set(templates.filter((one) => one.channel === channel).map((one) => one.body[language])).size,
          `${channel} ${language}`,
        ).toBeGreaterThanOrEqual(2);
  },
);

it.each(styles)('%s is bound to a claim or a consequence if, and only if, its texts name one', (_, style) => {
  for (const template of style.templates)
    for (const language of locales) {
      const body = template.body[language]!;
      expect(statedShares(body, language).length > 0).toBe(template.claim !== null);
      expect(placeholdersIn(body).includes('n_de_10')).toBe(template.claim !== null);
      expect(namedConsequences(body, language).every(({ kind }) => kind === template.consequence)).toBe(true);
      if (template.claim) expect(claims).toContain(template.claim.kind);
      if (template.consequence) expect(consequences).toContain(template.consequence);
    }
  if (style.needs) for (const template of style.templates) expect(template[style.needs]).not.toBeNull();
});

it('is told from every other style by its own words', () => {
  const bodies = messages.map(({ template, language }) => template.body[language]);
  expect(new Set(bodies).size).toBe(bodies.length);
});

describe.each(messages)('$name', ({ template, language }) => {
  it('leaves open only what is known to be filled', () => {
    const open = placeholdersIn(`${template.subject?.[language] ?? ''} ${template.body[language]}`);
    expect(open.filter((name) => !isPlaceholder(name))).toEqual([]);
    expect(open).toEqual(
      expect.arrayContaining(['nombre', 'entidad', 'importe', 'enlace_pago', 'telefono_ayuda']),
    );
    expect(written(template, language)).not.toMatch(/[{}]/);
  });

  it('passes the lint', () => {
    expect(lintMessage(template.body[language]!, language, template.channel)).toEqual([]);
  });

  it('is as long as the neutral one, within a tenth, and costs as many SMS', () => {
    const beside =
      neutral.templates.find((other) => same(other, template)) ??
      neutral.templates.find((other) => other.id === template.channel);
    expect(beside).toBeDefined();
    const [mine, theirs] = [written(template, language), written(beside!, language)];
    expect(mine.length / theirs.length).toBeGreaterThan(0.9);
    expect(mine.length / theirs.length).toBeLessThan(1.1);
    if (template.channel === 'sms') {
      expect(smsLength(mine)).toMatchObject({ encoding: 'gsm7', segments: smsLength(theirs).segments });
      expect(smsLength(mine).segments).toBeLessThanOrEqual(2);
    }
  });
});
