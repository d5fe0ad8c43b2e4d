import type { Locale, Text } from '#core/text/text.ts';
import type { Column } from '../kit/outputs.ts';

export const interval = { es: 'Intervalo al 95 %', en: '95 % interval' };
export const share = { es: 'Parte', en: 'Share' };
export const accounts = { es: 'Cuentas', en: 'Accounts' };
export const arm = { es: 'Brazo', en: 'Arm' };
export const date = { es: 'Fecha', en: 'Date' };

/** Every text of an object, in the language a chart is drawn in. */
export const inLanguage = <K extends string>(
  texts: Record<K, Text>,
  { locale }: { locale: Locale },
): Record<K, string> =>
  Object.fromEntries(Object.entries<Text>(texts).map(([name, text]) => [name, text[locale]])) as Record<
    K,
    string
  >;

interface Estimated {
  estimate: number | null;
  lower: number | null;
  upper: number | null;
}

/** A share and its interval, as the last two columns of a table. */
export const shareColumns = (title: Text): Column<Estimated>[] => [
  { title, align: 'right', cell: ({ estimate }, f) => f.percent(estimate) },
  {
    title: interval,
    align: 'right',
    cell: ({ lower, upper }, f) => f.interval(lower, upper, f.percent),
  },
];
