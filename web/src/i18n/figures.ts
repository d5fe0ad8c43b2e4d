import { numberFormat } from '#core/text/number.ts';
import type { Locale } from '#core/text/text.ts';

const hardSpace = '\u00a0';
const none = '–';
type Figure = number | null | undefined;

export type Figures = ReturnType<typeof make>;

const known = new Map<Locale, Figures>();

/** Every way the page writes a number, an amount, a date or a time, in one language. Null is a dash. */
export function figures(locale: Locale): Figures {
  const found = known.get(locale) ?? make(locale);
  known.set(locale, found);
  return found;
}

function make(locale: Locale) {
  const tag = locale === 'es' ? 'es-419' : 'en-GB';
  const day = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const shortMonth = new Intl.DateTimeFormat(tag, { month: 'short', year: '2-digit', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const second = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const separator = locale === 'es' ? '; ' : ', ';

  const fixed = (digits: number, options: Intl.NumberFormatOptions = {}) =>
    numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...options });
  const orDash = (value: Figure, write: (value: number) => string): string =>
    value === null || value === undefined || Number.isNaN(value) ? none : write(value);
  const decimal = (value: Figure, digits = 2): string => orDash(value, fixed(digits));
  const percent = (share: Figure, digits = 1): string => orDash(share, fixed(digits, { style: 'percent' }));
  const signed = (value: Figure, digits = 1): string =>
    orDash(value, fixed(digits, { signDisplay: 'exceptZero' }));
  const tidy = (parts: string): string => parts.replaceAll(/\s+de\s+/g, ' ').replaceAll('.', '');

  return {
    integer: (value: Figure) => orDash(value, numberFormat(locale, { maximumFractionDigits: 0 })),
    decimal,
    percent,
    signed,
    /** A difference of shares, in percentage points with its sign. */
    points: (points: Figure, digits = 1) => orDash(points, (value) => `${signed(value, digits)} pp`),
    /** The smallest effect a design sees, rounded up as its sentence has it: 3,1 pp. */
    seen: (points: Figure) =>
      orDash(points, (value) => `${decimal(Math.ceil(value * 10 - 1e-9) / 10, 1)} pp`),
    /** [0,9; 3,3] in Spanish, [0.9, 3.3] in English. */
    interval: (lower: Figure, upper: Figure, write: (value: Figure) => string) =>
      lower == null && upper == null ? none : `[${write(lower)}${separator}${write(upper)}]`,
    /** Exact decimal text with its currency: 41,60 USD. */
    money: (amount: string | null, currency: string) =>
      amount === null ? none : `${fixed(2)(amount)} ${currency}`,
    /** The same in millions or thousands where it is long, for reading at a glance. */
    roundMoney: (amount: string | null, currency: string) =>
      amount === null
        ? none
        : `${numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })(Number(amount))} ${currency}`,
    probability: (p: Figure) =>
      orDash(p, (value) => (value < 0.001 ? `< ${fixed(3)(0.001)}` : fixed(value < 0.01 ? 3 : 2)(value))),
    date: (iso: string | null) => (iso ? tidy(day.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`))) : none),
    month: (iso: string) => tidy(shortMonth.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`))),
    instant: (iso: string | null) => (iso ? tidy(moment.format(new Date(withZone(iso)))) : none),
    /** To the second, where calls follow each other. */
    second: (iso: string | null) => (iso ? tidy(second.format(new Date(withZone(iso)))) : none),
    bytes: (count: number) => {
      const power = Math.min(3, Math.floor(Math.log10(Math.max(count, 1)) / 3));
      const units = ['B', 'kB', 'MB', 'GB'];
      return `${fixed(power && count / 1000 ** power < 10 ? 1 : 0)(count / 1000 ** power)} ${units[power]}`;
    },
    /** 40 s, 2 min, 1 h 5 min. */
    duration: (seconds: Figure) =>
      orDash(seconds, (value) => {
        if (value < 90) return `${fixed(value < 10 ? 1 : 0)(value)}${hardSpace}s`;
        const minutes = Math.round(value / 60);
        if (minutes < 60) return `${minutes}${hardSpace}min`;
        return `${Math.floor(minutes / 60)}${hardSpace}h ${minutes % 60}${hardSpace}min`;
      }),
  };
}

/** Instants of the store are UTC and may lack their Z. */
const withZone = (iso: string): string =>
  /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso.replace(' ', 'T')}Z`;
