import { format, locales, type Text } from '../text/text.ts';
import { type Claim, claimMinimumN, claimMinimumShare } from './claims.ts';
import { fill } from './placeholder.ts';
import type { Template } from './style.ts';

const reasons: Record<NonNullable<Claim['reason']>, Text> = {
  no_rows: { es: 'no hay clientes con saldo', en: 'there are no customers with a balance' },
  too_few: {
    es: 'en {country} hay {n, number, integer} clientes y hacen falta {neededN, number, integer}',
    en: 'there are {n, number, integer} customers in {country} and {neededN, number, integer} are needed',
  },
  too_low: {
    es: 'en {country} está al día {share, number, percent} de los clientes (con seguridad, al menos {lower, number, percent}); por debajo de {needed, number, percent} la cifra enseña a no pagar',
    en: '{share, number, percent} of customers in {country} are up to date (surely at least {lower, number, percent}); under {needed, number, percent} the figure teaches not to pay',
  },
};

/** The figures of a claim, as messages and errors name them. */
export const claimFigures = ({ n, share, country }: Claim) => ({
  n,
  events: Math.round((share.estimate ?? 0) * n),
  country: country ?? '–',
  share: share.estimate,
  lower: share.lower,
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

/** A template's words in each language, with the claim's true number put in where it holds. */
export const writeTemplate = (
  template: Template,
  claim: Claim | null,
): { language: string; text: string }[] =>
  locales.map((language) => {
    const subject = template.subject?.[language];
    const whole = subject ? `${subject}\n\n${template.body[language]}` : template.body[language];
    return { language, text: claim?.holds ? fill(whole, { n_de_10: String(claim.claimed) }) : whole };
  });
