import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { Timeline } from '#core/contract/portfolio/person-views.ts';
import { format, type TextValues } from '#core/text/text.ts';
import type { Pens } from '../../../web/src/charts/chart.ts';
import { timeline } from '../../../web/src/charts/timeline.ts';
import en from '../../../web/src/features/people/en.json';
import es from '../../../web/src/features/people/es.json';
import { eventsOf, findingOf, storyOf } from '../../../web/src/features/people/person/story.ts';
import { countryOf, languageOf, localTime, wordOf } from '../../../web/src/features/people/words.ts';
import { figures } from '../../../web/src/i18n/figures.ts';

const say = (locale: 'es' | 'en') => (key: keyof typeof es, values?: TextValues) =>
  format({ es: es[key], en: en[key] }, locale, values);

const told: Timeline = {
  today: '2026-10-31',
  balances: [
    {
      accountId: 'A1',
      currency: 'COP',
      asOf: '2026-08-31',
      balance: '1500000.00',
      arrears: '0.00',
      daysPastDue: 0,
    },
    {
      accountId: 'A2',
      currency: 'USD',
      asOf: '2026-08-31',
      balance: '20.50',
      arrears: null,
      daysPastDue: null,
    },
    {
      accountId: 'A1',
      currency: 'COP',
      asOf: '2026-09-30',
      balance: '1600000.00',
      arrears: '90.00',
      daysPastDue: 45,
    },
  ],
  payments: [
    {
      accountId: 'A1',
      currency: 'COP',
      paidAt: '2026-08-10T10:00:00',
      amount: '50000.00',
      method: 'pse',
      reversed: false,
    },
    {
      accountId: 'A1',
      currency: 'COP',
      paidAt: '2026-09-10T10:00:00',
      amount: '50000.00',
      method: null,
      reversed: true,
    },
  ],
  contacts: [
    {
      sentAt: '2026-09-01T15:00:00',
      channel: 'call',
      style: null,
      outcome: 'right_party',
      experimentId: null,
      arm: null,
    },
    {
      sentAt: '2026-09-02T15:00:00',
      channel: 'sms',
      style: 'neutral',
      outcome: 'failed',
      experimentId: null,
      arm: null,
    },
  ],
  promises: [
    {
      accountId: 'A1',
      currency: 'COP',
      madeAt: '2026-09-01T15:04:00',
      dueOn: '2026-09-08',
      amount: '50000.00',
      kept: false,
    },
  ],
  complaints: [],
  assigned: [{ assignedAt: '2026-10-31T00:00:00', name: 'Prueba', arm: 'neutral' }],
  messages: [],
  finding: { months: 6, monthsPaid: 3, daysPastDue: 45, asOf: '2026-09-30' },
  shortened: false,
  missing: [],
};
const palette = {
  paper: '#fff',
  sheet: '#fff',
  ink: '#000',
  soft: '#555',
  line: '#eee',
  rule: '#ccc',
  accent: '#15c',
  good: '#070',
  warn: '#a60',
  harm: '#700',
  arms: ['#555', '#15c', '#c60'],
  ramp: ['#eee', '#15c'] as const,
};
const pens: Pens = { palette, locale: 'es' };

describe('the headline of a person', () => {
  it.each([
    [
      {},
      'Pagó en 3 de los últimos 6 meses; ahora 45 días de mora.',
      'Paid in 3 of the last 6 months; 45 days late now.',
    ],
    [
      { monthsPaid: 0, daysPastDue: 0 },
      'No pagó en los últimos 6 meses; ahora al día.',
      'Paid nothing in the last 6 months; up to date now.',
    ],
    [
      { months: 1, monthsPaid: 1, daysPastDue: null },
      'Pagó en 1 de 1 mes visto.',
      'Paid in 1 of 1 month seen.',
    ],
  ])('%j', (more, spanish, english) => {
    const given = { ...told, finding: { ...told.finding, ...more } };
    expect([findingOf(given, say('es')), findingOf(given, say('en'))]).toEqual([spanish, english]);
  });
});

describe('the timeline', () => {
  const story = storyOf(told, say('es'), figures('es'));

  it('keeps currencies apart and has a lane only for what happened', () => {
    expect(story.currencies.map(({ currency, points }) => [currency, points.length])).toEqual([
      ['COP', 2],
      ['USD', 1],
    ]);
    expect(story.lanes.map(({ id }) => id)).toEqual(['payment', 'promise', 'sms', 'call', 'experiment']);
    expect(story.lanes.flatMap(({ events }) => events.map(({ mark }) => mark))).toEqual([
      'tick',
      'failed',
      'failed',
      'failed',
      'spoken',
      'open',
    ]);
  });

  it('is drawn without a complaint of Vega-Lite, with each scale of its own', () => {
    const warnings: string[] = [];
    const logger = {
      level: () => logger,
      warn: (...said: unknown[]) => {
        warnings.push(said.join(' '));
        return logger;
      },
      info: () => logger,
      debug: () => logger,
      error: () => logger,
    };
    const spec = timeline(story, pens);
    expect(() => compile(spec as TopLevelSpec, { logger } as never)).not.toThrow();
    expect(warnings).toEqual([]);
    expect((spec as { resolve?: unknown }).resolve).toMatchObject({ scale: { y: 'independent' } });
    expect((spec as { description?: string }).description).toContain('2 pagos');
  });

  it('is drawn for a person with balances alone, and with events alone', () => {
    const none = { payments: [], contacts: [], promises: [], assigned: [] };
    for (const given of [
      { ...told, ...none },
      { ...told, balances: [] },
    ])
      expect(() =>
        compile(timeline(storyOf(given, say('en'), figures('en')), pens) as TopLevelSpec),
      ).not.toThrow();
  });

  it('writes amounts only where they do not lie over one another, the last one always', () => {
    const paid = (day: string) => ({ at: day, mark: 'tick' as const, text: day, tip: '' });
    const events = ['2025-11-01', '2026-06-20', '2026-06-28', '2026-07-05'].map(paid);
    const lanes = [{ id: 'payment', title: 'Pagos', events }];
    const drawn = JSON.stringify(timeline({ ...story, lanes }, pens));
    const labels = [...drawn.matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label);
    expect([...new Set(labels)]).toEqual(['2025-11-01', '2026-07-05']);
  });

  it('has everything in the table behind, in order', () => {
    const events = eventsOf(told, say('en'), figures('en'));
    expect(events).toHaveLength(9);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
    expect(events.find(({ what }) => what === 'Promises')?.detail).toBe('for 8 Sept 2026, broken');
  });
});

it('writes the person’s own clock without moving it', () => {
  expect(localTime('2026-11-02T07:00', 'es')).toMatch(/lun,? 2 nov,? 07:00/);
});

describe('codes in words', () => {
  it('names countries with their region, and languages, in the reader’s own', () => {
    expect(countryOf('CO', 'es')).toBe('Colombia');
    expect(countryOf('MX-CMX', 'en')).toBe('Mexico (CMX)');
    expect(countryOf('norte', 'es')).toBe('norte');
    expect(countryOf(null, 'es')).toBe('');
    expect(languageOf('es', 'es')).toBe('español');
    expect(languageOf('not a code', 'es')).toBe('not a code');
  });

  it('words the codes of Ensayo and leaves those of the bank', () => {
    const t = (key: string) => `<${key}>`;
    expect(wordOf(t, 'product', 'personal_loan')).toBe('<product.personal_loan>');
    expect(wordOf(t, 'product', 'Libranza')).toBe('Libranza');
    expect(wordOf(t, 'state', null)).toBe('–');
  });
});
