import type { CurrencyRisk } from '#core/contract/models/risk.ts';
import type { Locale } from '#core/text/text.ts';
import type { Figures } from '../../i18n/figures.ts';
import { productName } from '../../i18n/products.ts';
import type { Column } from '../../ui/table/table.ts';
import type { useRiskText } from './text.ts';

type Row = CurrencyRisk['rows'][number];
type Words = ReturnType<typeof useRiskText>;

/** Product and bucket with what is exposed, how likely, how much of it is lost, and what that comes to. */
export function riskColumns(
  t: Words,
  { figures: f, locale }: { figures: Figures; locale: Locale },
  currency: string,
  inDefault = false,
): Column<Row>[] {
  const share = (key: 'meanPd' | 'meanLgd', title: string): Column<Row> => ({
    key,
    title,
    value: (row) => row[key],
    show: (row) => f.percent(row[key]),
    end: true,
  });
  const amount = (key: 'exposure' | 'value', title: string): Column<Row> => ({
    key,
    title,
    value: (row) => row[key],
    sort: (row) => (row[key] === null ? null : Number(row[key])),
    show: (row) => f.roundMoney(row[key], currency),
    end: true,
  });
  return [
    { key: 'product', title: t('product'), value: (row) => productName(row.product, locale), whole: true },
    { key: 'bucket', title: t('bucket'), value: (row) => row.bucket?.replace('-', '–') ?? '–', whole: true },
    {
      key: 'accounts',
      title: t('accounts'),
      value: (row) => row.accounts,
      show: (row) => f.integer(row.accounts),
      end: true,
    },
    amount('exposure', t('exposure')),
    ...(inDefault ? [] : [share('meanPd', t('pd'))]),
    share('meanLgd', t('lgd')),
    ...(inDefault
      ? []
      : [
          {
            key: 'meanRho',
            title: t('rho'),
            value: (row: Row) => row.meanRho,
            show: (row: Row) => f.decimal(row.meanRho, 3),
            end: true,
          },
        ]),
    amount('value', t('loss')),
  ];
}
