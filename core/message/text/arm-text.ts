import { format, locales, type Text } from '../../text/text.ts';
import { type Claim, claimMinimumN, claimMinimumShare } from '../claim.ts';
import type { Template } from '../style.ts';
import { fill } from './placeholder.ts';

const reasons: Record<NonNullable<Claim['reason']>, Text> = {
  no_rows: { es: 'no hay clientes a quienes contar', en: 'there are no customers to count' },
  too_few: {
    es: 'en {group} hay {n, number, integer} clientes y hacen falta {neededN, number, integer}',
    en: 'there are {n, number, integer} customers in {group} and {neededN, number, integer} are needed',
  },
  too_low: {
    es: 'en {group} es cierto de {share, number, percent} de los clientes (con seguridad, al menos {lower, number, percent}); por debajo de {needed, number, percent} la cifra enseña a no pagar',
    en: 'it is so of {share, number, percent} of customers in {group} (surely at least {lower, number, percent}); under {needed, number, percent} the figure teaches not to pay',
  },
  too_high_claimed: {
    es: 'en {group} es cierto con seguridad de al menos {lower, number, percent} de los clientes: menos de lo que dice el texto; puede decir {claimed, number, integer} de cada 10',
    en: 'in {group} it is surely so of at least {lower, number, percent} of customers: less than the text says; it may say {claimed, number, integer} in 10',
  },
};

/** The group a claim was judged in, as a person reads it. */
export const groupName = ({ country, product, bucket }: Claim): string =>
  [country, product, bucket].filter(Boolean).join(' · ') || '–';

/** The figures of a claim, as messages and errors name them. */
const claimFigures = (claim: Claim) => ({
  n: claim.n,
  events: claim.events,
  country: claim.country ?? '–',
  group: groupName(claim),
  share: claim.share.estimate,
  lower: claim.share.lower,
  claimed: claim.claimed,
  needed: claimMinimumShare,
  neededN: claimMinimumN,
});

/** Why a claim may not be made, with the true figure; null when it may. */
export function claimReason(claim: Claim): Text | null {
  if (!claim.reason) return null;
  const text = reasons[claim.reason];
  const figures = claimFigures(claim);
  return { es: format(text, 'es', figures), en: format(text, 'en', figures) };
}

/** A template's words in each language it has, with the claim's true number put in where it holds. */
export const writeTemplate = (
  template: Pick<Template, 'subject' | 'body'>,
  claim: Claim | null,
): { language: string; text: string }[] =>
  locales.flatMap((language) => {
    const body = template.body[language];
    if (!body) return [];
    const subject = template.subject?.[language];
    const whole = subject ? `${subject}\n\n${body}` : body;
    return [{ language, text: claim?.holds ? fill(whole, { n_de_10: String(claim.claimed) }) : whole }];
  });
