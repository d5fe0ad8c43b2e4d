import type { Channel } from '#core/portfolio/tables/people.ts';

/** Styles of the past. Those a trial may add are in `trialStyles`; any other is read as neutral. */
export const styles = ['neutral', 'loss_aversion', 'social_proof'] as const;
export type Style = (typeof styles)[number];

export interface Country {
  code: string;
  currency: string;
  share: number;
  /** Units of the currency for one unit of account of the model (about one US dollar). */
  perUnit: number;
  /** Amounts are multiples of this. */
  step: number;
  dialling: string;
  zones: readonly { zone: string; share: number }[];
}

export interface Product {
  name: string;
  share: number;
  /** Median instalment, in units of account, and the spread of its logarithm. */
  instalment: number;
  spread: number;
  /** Added to the log odds of missing an instalment and to the log hazard of curing. */
  miss: number;
  cure: number;
}

export interface Responder {
  name: string;
  share: number;
  /** Added to the log hazard of curing for some days after a delivered message, on the channel this person likes. */
  effect: Record<Style, number>;
  /** Probability of withdrawing the permission, and of a complaint, after a delivered message. */
  optOut: Record<Style, number>;
  complaint: Record<Style, number>;
}

/**
 * The structural model of the simulated portfolio. Every probability in the generator is read from here, and this
 * object is written beside the data as its truth. Hazards are per day.
 */
export const model = {
  version: '1',
  /** End of the last month generated. */
  lastMonthEnd: '2026-10-31',
  /** Months run before the first one written, so that the first month is not a portfolio of people who are all up to date. */
  burnInMonths: 6,
  /** One in this many accounts is the second account of the person before. */
  secondAccountEvery: 10,
  countries: [
    {
      code: 'MX',
      currency: 'MXN',
      share: 0.36,
      perUnit: 18,
      step: 0.5,
      dialling: '52',
      zones: [
        { zone: 'America/Mexico_City', share: 0.78 },
        { zone: 'America/Tijuana', share: 0.08 },
        { zone: 'America/Hermosillo', share: 0.06 },
        { zone: 'America/Cancun', share: 0.08 },
      ],
    },
    {
      code: 'CO',
      currency: 'COP',
      share: 0.26,
      perUnit: 4_000,
      step: 100,
      dialling: '57',
      zones: [{ zone: 'America/Bogota', share: 1 }],
    },
    {
      code: 'PE',
      currency: 'PEN',
      share: 0.15,
      perUnit: 3.6,
      step: 0.1,
      dialling: '51',
      zones: [{ zone: 'America/Lima', share: 1 }],
    },
    {
      code: 'CL',
      currency: 'CLP',
      share: 0.14,
      perUnit: 930,
      step: 10,
      dialling: '56',
      zones: [
        { zone: 'America/Santiago', share: 0.97 },
        { zone: 'America/Punta_Arenas', share: 0.03 },
      ],
    },
    {
      code: 'AR',
      currency: 'ARS',
      share: 0.09,
      perUnit: 1_400,
      step: 10,
      dialling: '54',
      zones: [
        { zone: 'America/Argentina/Buenos_Aires', share: 0.8 },
        { zone: 'America/Argentina/Cordoba', share: 0.2 },
      ],
    },
  ] satisfies Country[],
  products: [
    { name: 'card', share: 0.45, instalment: 45, spread: 0.6, miss: 0, cure: 0 },
    { name: 'personal_loan', share: 0.3, instalment: 95, spread: 0.5, miss: -0.1, cure: 0.1 },
    { name: 'telecom', share: 0.25, instalment: 22, spread: 0.4, miss: 0.15, cure: -0.1 },
  ] satisfies Product[],
  /** Log odds of missing an instalment when nothing is overdue. Ability and will are standard normal, per person. */
  miss: { base: -0.15, ability: -0.9, will: -0.55, own: -0.2, season: 0.25, justCured: -1.7 },
  /** Log of the daily hazard of paying everything overdue. `level`: per further month overdue. */
  cure: { base: -2.4, ability: 1.0, will: 1.3, own: 0.2, level: -0.4, slowestLog: -5.2 },
  /** On a payday and the two days after it the hazard is 1 + boost times its usual value. */
  payday: { days: 3, boost: 1.2 },
  /** Someone still overdue after the next due day may pay one instalment and then nothing more that month. */
  partial: { level1: 0.72, deeper: 0.5 },
  contact: {
    /** Days a message works, from the day after it. A later delivered message replaces an earlier one. */
    days: 10,
    /** Effect of a message on a channel that is not the person's preferred one, relative to it. */
    otherChannel: 0.55,
    channelWeight: { sms: 0.9, email: 0.75, whatsapp: 1, call: 1.1, letter: 0.5 } satisfies Record<
      Channel,
      number
    >,
    /** How people are spread over preferred channels. */
    preferred: { sms: 0.27, email: 0.18, whatsapp: 0.33, call: 0.16, letter: 0.06 } satisfies Record<
      Channel,
      number
    >,
    delivered: 0.97,
  },
  responders: [
    {
      name: 'loss_aversion',
      share: 0.16,
      effect: { neutral: 0.15, loss_aversion: 0.95, social_proof: 0.15 },
      optOut: { neutral: 0.003, loss_aversion: 0.003, social_proof: 0.003 },
      complaint: { neutral: 0.0005, loss_aversion: 0.001, social_proof: 0.0005 },
    },
    {
      name: 'social_proof',
      share: 0.24,
      effect: { neutral: 0.15, loss_aversion: 0.15, social_proof: 1.3 },
      optOut: { neutral: 0.003, loss_aversion: 0.004, social_proof: 0.003 },
      complaint: { neutral: 0.0005, loss_aversion: 0.001, social_proof: 0.0005 },
    },
    {
      name: 'any_reminder',
      share: 0.22,
      effect: { neutral: 0.55, loss_aversion: 0.55, social_proof: 0.55 },
      optOut: { neutral: 0.002, loss_aversion: 0.003, social_proof: 0.002 },
      complaint: { neutral: 0.0004, loss_aversion: 0.0006, social_proof: 0.0004 },
    },
    {
      name: 'nobody',
      share: 0.28,
      effect: { neutral: 0, loss_aversion: 0, social_proof: 0 },
      optOut: { neutral: 0.004, loss_aversion: 0.006, social_proof: 0.004 },
      complaint: { neutral: 0.0006, loss_aversion: 0.0012, social_proof: 0.0006 },
    },
    {
      name: 'averse',
      share: 0.1,
      effect: { neutral: -0.05, loss_aversion: -0.6, social_proof: -0.25 },
      optOut: { neutral: 0.012, loss_aversion: 0.03, social_proof: 0.018 },
      complaint: { neutral: 0.003, loss_aversion: 0.01, social_proof: 0.004 },
    },
  ] satisfies Responder[],
  /** Where no message of any style has any effect on payment. */
  noEffect: { country: 'PE', product: 'telecom' },
  /** Where a message works as a neutral one does, whatever its style. */
  noStyleEffect: { country: 'CL', product: 'personal_loan' },
  /**
   * Share of people whom nobody contacts before they open a month with two instalments overdue: whoever of them is late by
   * 1–29 days is left alone for the month that follows.
   */
  holdoutShare: 0.02,
  /**
   * The past policy, worst first: log odds of a contact per opportunity rise with the months overdue and with how bad
   * the person looks, which itself follows ability and will. Effects seen under it are confounded.
   */
  policy: {
    base: -0.7,
    level: 0.5,
    risk: 0.6,
    second: -0.5,
    /** Days after the due day on which a newly late account is first contacted. */
    firstContactDays: { from: 3, to: 5 },
    style: { loss_aversion: 0.07, social_proof: 0.05 },
    /** Only in this country was the probability of the choice written down. */
    propensityIn: 'CO',
  },
  /** Share of people flagged at some time; hardship leans on ability. A flagged person is not contacted. */
  flags: {
    dispute: 0.01,
    hardship: 0.018,
    vulnerable: 0.006,
    deceased: 0.003,
    insolvent: 0.004,
    cease_contact: 0.006,
    plan: 0.009,
  },
  chargeOffDays: 180,
  closePerMonth: 0.0025,
  reAgePerMonth: 0.008,
  recoveryPerMonth: 0.03,
} as const;

export type Model = typeof model;
