import { describe, expect, it } from 'vitest';
import { compareTexts } from '#core/message/compare.ts';
import { type ConsequenceKind, judgeConsequence, type Statement } from '#core/message/consequence.ts';
import arrearsGrow from '#core/message/consequences/arrears_grow.ts';
import bureauReport from '#core/message/consequences/bureau_report.ts';
import neutral from '#core/message/styles/neutral.ts';

const today = '2026-11-01';
const said = (given: Partial<Statement> = {}): Statement => ({
  country: 'CO',
  share: 0.97,
  evidence: 'acta',
  name: 'Marta',
  statedOn: today,
  validUntil: '2026-12-31',
  ...given,
});
const judge = (
  kind: ConsequenceKind,
  country: string | null,
  n: number,
  events: number,
  statements: Statement[] = [],
) => judgeConsequence(kind, [country], n ? [{ country, n, events }] : [], statements, today)[0]!;

describe('a consequence may be named', () => {
  it('where it is lawful and follows in 95 % of cases or more', () => {
    expect(judge(arrearsGrow, 'MX', 200, 190)).toMatchObject({ holds: true });
    expect(judge(arrearsGrow, 'MX', 200, 189)).toMatchObject({ holds: false, reason: 'seldom' });
    expect(judge(arrearsGrow, 'MX', 29, 29)).toMatchObject({ holds: false, reason: 'too_few_cases' });
    expect(judge(arrearsGrow, 'ZZ', 200, 200)).toMatchObject({ holds: false, reason: 'law_unknown' });
    expect(judge(arrearsGrow, null, 200, 200)).toMatchObject({ holds: false, reason: 'country_unknown' });
    const banned = { ...arrearsGrow, lawful: { MX: { ...arrearsGrow.lawful.MX!, lawful: false } } };
    expect(judge(banned, 'MX', 200, 200)).toMatchObject({ holds: false, reason: 'unlawful' });
  });

  it('by the word of a named person only where no table shows it', () => {
    expect(judge(bureauReport, 'CO', 0, 0)).toMatchObject({ holds: false, reason: 'not_shown' });
    expect(judge(bureauReport, 'CO', 0, 0, [said()])).toMatchObject({ holds: true });
    expect(judge(bureauReport, 'CO', 0, 0, [said({ share: 0.9 })])).toMatchObject({ reason: 'seldom' });
    expect(judge(bureauReport, 'CO', 0, 0, [said({ validUntil: '2026-10-31' })])).toMatchObject({
      reason: 'statement_expired',
    });
    expect(judge(bureauReport, 'PE', 0, 0, [said()])).toMatchObject({ reason: 'not_shown' });
    expect(judge(arrearsGrow, 'CO', 200, 10, [said()])).toMatchObject({ holds: false, reason: 'seldom' });
  });
});

describe('what differs between arms', () => {
  const of = (id: string) => neutral.templates.find((one) => one.id === id)!;
  const arm = (name: string, ...ids: string[]) => ({ name, style: 'neutral', templates: ids.map(of) });

  it('is nothing where texts share their frame; a style needs two texts in every arm that speaks', () => {
    const silent = { name: 'silence', style: 'neutral', templates: [] };
    expect(compareTexts([arm('a', 'sms', 'sms_2'), arm('b', 'sms', 'sms_2'), silent])).toMatchObject({
      about: 'style',
      differences: [],
    });
    expect(compareTexts([arm('a', 'sms', 'sms_2'), arm('b', 'sms')]).about).toBe('text');
  });

  it('is named: length, personalisation, channel', () => {
    const long = { ...of('sms'), body: { es: `${of('sms').body.es} ${'Un dato más. '.repeat(6)}` } };
    const { differences, arms } = compareTexts([
      arm('a', 'sms'),
      { name: 'b', style: 'neutral', templates: [long] },
    ]);
    expect(differences.map(({ code }) => code)).toContain('length');
    expect(differences.find(({ code }) => code === 'length')!.text.en).toMatch(/a \d+ · b \d+/);
    expect(arms[0]!.segments).toEqual({ fewest: 2, most: 2 });
  });
});
