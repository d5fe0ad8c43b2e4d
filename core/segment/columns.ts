import type { Text } from '../text/text.ts';

/** What a condition may name: a column of the account facts. */
export interface FactColumn {
  name: string;
  type: 'number' | 'money' | 'category';
  title: Text;
}

const column = (type: FactColumn['type'], name: string, es: string, en: string): FactColumn => ({
  name,
  type,
  title: { es, en },
});

/** The columns a segment can be made of, besides flags and scores. Protected attributes are not among them. */
export const factColumns: readonly FactColumn[] = [
  column('number', 'days_past_due', 'días de mora', 'days past due'),
  column('category', 'bucket', 'tramo de mora', 'bucket of days past due'),
  column('money', 'balance', 'saldo', 'balance'),
  column('money', 'arrears', 'importe vencido', 'arrears'),
  column('money', 'minimum_due', 'pago mínimo', 'minimum due'),
  column('money', 'credit_limit', 'cupo', 'credit limit'),
  column('category', 'currency', 'moneda', 'currency'),
  column('category', 'product_type', 'producto', 'product'),
  column('category', 'account_status', 'estado de la cuenta', 'account status'),
  column('number', 'account_age_months', 'meses desde la apertura', 'months since opening'),
  column('number', 'customer_tenure_months', 'meses como cliente', 'months as a customer'),
  column('category', 'customer_type', 'persona o empresa', 'person or company'),
  column('category', 'country', 'país', 'country'),
  column('category', 'jurisdiction', 'jurisdicción', 'jurisdiction'),
  column('category', 'language', 'idioma', 'language'),
];

/** Days since something last happened to the person or the account; missing where it never did. */
export const recencyColumns: readonly FactColumn[] = [
  column('number', 'days_since_contact', 'días desde el último contacto', 'days since the last contact'),
  column('number', 'days_since_reply', 'días desde la última respuesta', 'days since the last reply'),
  column('number', 'days_since_payment', 'días desde el último pago', 'days since the last payment'),
  column('number', 'days_since_promise', 'días desde la última promesa', 'days since the last promise'),
];

/** All that a condition may name as a column. */
export const knownColumns: readonly FactColumn[] = [...factColumns, ...recencyColumns];

export const factColumn = (name: string): FactColumn | undefined =>
  knownColumns.find((known) => known.name === name);

/** The fact columns that hold what is not a column of its own. */
export const flagColumn = (kind: string): string => `flag:${kind}`;
export const scoreColumn = (model: string): string => `score:${model}`;
export const featureFact = (feature: string): string => `feature:${feature}`;
export const decileFact = (model: string): string => `decile:${model}`;
export const percentileFact = (within: string, fact: string): string => `percentile:${within}:${fact}`;
export const armFact = (experiment: string): string => `arm:${experiment}`;
/** Days since the last message in a style. */
export const styleFact = (style: string): string => `style:${style}`;
export const channelFact = 'best_channel';
export const sureFact = 'best_channel:sure';

/** How each flag is called in a sentence. */
export const flagTitles: Record<string, Text> = {
  dispute: { es: 'reclamo en curso', en: 'open dispute' },
  hardship: { es: 'dificultad económica', en: 'hardship' },
  vulnerable: { es: 'situación vulnerable', en: 'vulnerability' },
  deceased: { es: 'fallecimiento', en: 'death' },
  insolvent: { es: 'insolvencia', en: 'insolvency' },
  cease_contact: { es: 'pedido de no ser contactado', en: 'request not to be contacted' },
  plan: { es: 'plan de pagos', en: 'payment plan' },
};
