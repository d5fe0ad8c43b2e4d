import type { KpiColumn, KpiUnit } from '../../kpi.ts';

export const column = (name: string, unit: KpiUnit, es: string, en: string): KpiColumn => ({
  name,
  unit,
  title: { es, en },
});

/** Columns that several figures have. */
export const columns = {
  asOf: column('as_of', 'date', 'Fecha', 'Date'),
  month: column('month', 'month', 'Mes', 'Month'),
  currency: column('currency', 'code', 'Moneda', 'Currency'),
  bucket: column('bucket', 'code', 'Tramo', 'Bucket'),
  before: column('before', 'code', 'Antes', 'Before'),
  after: column('after', 'code', 'Después', 'After'),
  accounts: column('accounts', 'count', 'Cuentas', 'Accounts'),
  balance: column('balance', 'money', 'Saldo', 'Balance'),
  of: column('of', 'count', 'De', 'Of'),
  share: column('share', 'share', 'Proporción', 'Share'),
  lower: column('lower', 'share', 'Desde (95 %)', 'From (95%)'),
  upper: column('upper', 'share', 'Hasta (95 %)', 'To (95%)'),
} as const;
