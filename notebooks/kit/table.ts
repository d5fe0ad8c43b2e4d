import type { Locale } from '#core/text/text.ts';
import type { Figures } from '../../web/src/i18n/figures.ts';
import type { Column, WrittenTable } from './outputs.ts';

export const written = <R>(
  data: readonly R[],
  columns: readonly Column<R>[],
  figures: Figures,
  locale: Locale,
): WrittenTable => ({
  titles: columns.map(({ title }) => title[locale]),
  right: columns.map(({ align }) => align === 'right'),
  rows: data.map((row) => columns.map(({ cell }) => cell(row, figures, locale))),
});
